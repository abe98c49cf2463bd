import { exit, type Finding } from '@siembridge/core'
import { configFor, isConfigError, parseConfig, readConfig } from '../agent/config-file.ts'
import { print } from '../sink.ts'
import { findingText } from '../terminal/findings.ts'

export interface CheckOptions {
  readonly config?: string
  readonly network: boolean
  readonly json?: boolean
}

/** `siembridge check`: 0 where everything is well, 1 where something would not work, 78 where the file is wrong. */
export async function check({ config: named, network, json }: CheckOptions): Promise<number> {
  if (json) return checkJson(named, network)
  const config = await configFor(named)
  const { sources, targets, routes, file } = config
  await print(`${file} is valid: ${sources.length} sources, ${targets.length} targets, ${routes.length} routes\n`)
  if (!network) return exit.good
  let good = true
  for await (const finding of await look(config)) {
    good &&= finding.is !== 'bad'
    await print(findingText(finding))
  }
  return good ? exit.good : exit.no
}

async function look(config: Awaited<ReturnType<typeof parseConfig>>): Promise<AsyncIterable<Finding>> {
  const [{ connect }, { findingsOf }, { createLogger }] = await Promise.all([
    import('../agent/ports.ts'),
    import('../agent/findings.ts'),
    import('@siembridge/core/logging'),
  ])
  const connections = await connect(config)
  const log = createLogger({ level: 'error', json: false })
  return (async function* () {
    try {
      yield* findingsOf(config, connections, log)
    } finally {
      await connections.close()
    }
  })()
}

async function checkJson(named: string | undefined, network: boolean): Promise<number> {
  const text = readConfig(named)
  const say = (answer: object): Promise<void> => print(`${JSON.stringify({ file: text.file, ...answer })}\n`)
  try {
    const config = await parseConfig(text)
    const findings: Finding[] = []
    if (network) for await (const finding of await look(config)) findings.push(finding)
    const good = findings.every(({ is }) => is !== 'bad')
    await say({ valid: true, good, problems: [], findings })
    return good ? exit.good : exit.no
  } catch (error) {
    if (!isConfigError(error)) throw error
    await say({ valid: false, good: false, problems: error.problems, findings: [] })
    return exit.configuration
  }
}
