import type { TenantOptions } from '@siembridge/azure'
import { type Finding, type Logger, SiembridgeError } from '@siembridge/core'
import type { Config } from '@siembridge/core/config'
import { type Connections, targetContext } from './ports.ts'

/** What somebody threw, as a finding. */
export function badFinding(subject: string, error: unknown): Finding {
  const [says = '', ...lines] = (error instanceof Error ? error.message : String(error)).split('\n')
  const help = lines.find((line) => line.trim().startsWith('do:'))?.replace(/^\s*do:\s*/, '')
  return { subject, is: 'bad', says, ...(error instanceof SiembridgeError && help !== undefined && { help }) }
}

/** What each source and each target has to say about whether it would work. */
export async function* findingsOf(
  config: Config<TenantOptions>,
  connections: Connections,
  log: Logger,
): AsyncGenerator<Finding> {
  const { clock, secrets, budgets } = connections
  const { signal } = new AbortController()
  for (const configured of config.sources) {
    const { name, options } = configured
    const context = { options, name, sinceMs: clock.now(), budgets, secrets, clock, log, signal }
    yield* told(`source ${name}`, connections.source(configured).check(context))
  }
  for (const configured of config.targets)
    yield* told(`target ${configured.name}`, configured.target.check(targetContext(configured, connections, log)))
}

async function* told(who: string, findings: AsyncIterable<Finding>): AsyncGenerator<Finding> {
  const same = new Map<string, { readonly is: Finding['is']; readonly subjects: string[] }>()
  try {
    for await (const finding of findings) {
      const { subject, is, says } = finding
      const before = is === 'good' ? undefined : same.get(says)
      if (before) before.subjects.push(subject)
      else yield { ...finding, subject: `${who}: ${subject}` }
      if (is !== 'good' && !before) same.set(says, { is, subjects: [] })
    }
  } catch (error) {
    yield badFinding(who, error)
  }
  // What fails for one reason is one thing to mend.
  for (const { is, subjects } of same.values())
    if (subjects.length > 0) yield { subject: `${who}: the same for`, is, says: subjects.join(', ') }
}
