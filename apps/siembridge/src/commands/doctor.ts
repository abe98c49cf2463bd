import { exit, type Finding } from '@siembridge/core'
import { configFor } from '../agent/config-file.ts'
import { print } from '../sink.ts'
import { findingText } from '../terminal/findings.ts'

export interface DoctorOptions {
  readonly config?: string
  readonly bundle?: string
}

type Look = AsyncIterable<Finding>

/** `siembridge doctor`: 0 where nothing is bad, 1 otherwise. */
export async function doctor({ config: named, bundle }: DoctorOptions, version: string): Promise<number> {
  const config = await configFor(named)
  const findings: Finding[] = [{ subject: 'configuration', is: 'good', says: `${config.file} is valid` }]
  await print(findingText(findings[0] as Finding, 1))
  for await (const finding of looks(config)) {
    findings.push(finding)
    await print(findingText(finding, findings.length))
  }
  const bad = findings.filter(({ is }) => is === 'bad').length
  const warned = findings.filter(({ is }) => is === 'warning').length
  await print(`\n${findings.length} checks: ${bad} bad, ${warned} to look at\n`)
  if (bundle !== undefined) {
    const { writeBundle } = await import('../doctor/bundle.ts')
    await writeBundle(bundle, { ...config, version, findings, nowMs: Date.now() })
    await print(
      `${bundle} written: configuration, status, last errors, these checks; GUIDs, people and credentials are taken out. Read it before you send it.\n`,
    )
  }
  return bad === 0 ? exit.good : exit.no
}

async function* looks(config: Awaited<ReturnType<typeof configFor>>): Look {
  const [{ connect }, { findingsOf }, machine, network, agent, { createLogger }] = await Promise.all([
    import('../agent/ports.ts'),
    import('../agent/findings.ts'),
    import('../doctor/machine.ts'),
    import('../doctor/network.ts'),
    import('../doctor/agent-findings.ts'),
    import('@siembridge/core/logging'),
  ])
  yield* machine.machineFindings(config)
  yield* agent.agentFindings(config.state, Date.now())
  yield* network.networkFindings(config)
  const connections = await connect(config)
  try {
    yield* findingsOf(config, connections, createLogger({ level: 'error', json: false }))
  } finally {
    await connections.close()
  }
}
