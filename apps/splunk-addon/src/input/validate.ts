import { createTenants, throttling } from '@siembridge/azure'
import { type Finding, type Logger, SiembridgeError, systemClock } from '@siembridge/core'
import { createBudgets } from '@siembridge/core/budget'
import type { InputStanza, Splunkd } from '@siembridge/splunk/modular-input'
import type { Scheme } from '../schemes.ts'
import { readAccount } from './account.ts'
import { readParameters } from './parameters.ts'
import { secretsOf } from './running-input.ts'
import { sourcesOf } from './sources.ts'

/** Splunk Web waits for the answer. */
const withinMs = 25_000
/** A date can be tomorrow's where the clock of who wrote it is ahead, in milliseconds. */
const dayMs = 86_400_000

/** Why an input would not work, for the person who makes it; undefined where nothing speaks against it. */
export async function refusalOf(
  scheme: Scheme,
  stanza: InputStanza,
  splunkd: Splunkd,
  log: Logger,
): Promise<string | undefined> {
  try {
    const bad = await badFindings(scheme, stanza, splunkd, log)
    if (bad.length === 0) return undefined
    const more = bad.some(({ subject }) => !subject.startsWith('token'))
      ? ' Streams that are not wanted can be left out under Streams.'
      : ''
    return `${bad.map((finding) => sentence(finding)).join(' ')}${more}`
  } catch (error) {
    if (error instanceof SiembridgeError) return error.message.replaceAll(/\s*\n\s*/g, '; ').replaceAll(/ +/g, ' ')
    return `it could not be looked at: ${(error as Error).message}`
  }
}

const sentence = ({ subject, says, help }: Finding): string =>
  `${subject}: ${says}.${help === undefined ? '' : ` ${help}`}`

async function badFindings(
  scheme: Scheme,
  stanza: InputStanza,
  splunkd: Splunkd,
  log: Logger,
): Promise<readonly Finding[]> {
  const clock = systemClock
  // An edit names what changes, and can leave the account out: then there is nobody to ask (Splunk, "Set up external validation").
  const isEdit = stanza.params['account'] === undefined
  const params = isEdit ? { ...stanza.params, account: 'unchanged' } : stanza.params
  const parameters = readParameters(scheme, { ...stanza, params }, clock.now())
  // Not where the input runs: a machine whose clock is behind must not refuse what was good.
  if ((parameters.sinceMs ?? 0) > clock.now() + dayMs)
    throw new SiembridgeError('InputWrong', stanza.name, 'start: it lies in the future')
  if (isEdit) return []
  const options = await readAccount(splunkd, parameters.account)
  const secrets = secretsOf(splunkd)
  const budgets = createBudgets({ clock, limits: throttling })
  const tenants = createTenants({ [parameters.account]: options }, { secrets, budgets, clock })
  const signal = AbortSignal.timeout(withinMs)
  const late = clock.sleep(withinMs).then(() => 'late' as const)
  const bad: Finding[] = []
  try {
    for (const { source, options: of, name } of sourcesOf(scheme, parameters, tenants)) {
      const context = { options: of, name, sinceMs: clock.now(), budgets, secrets, clock, log, signal }
      const findings = source.check(context)[Symbol.asyncIterator]()
      for (;;) {
        const next = await Promise.race([findings.next(), late])
        if (next === 'late') {
          log.warn(`${stanza.name}: Microsoft does not answer in ${withinMs / 1000} s; the input is taken as it is`)
          return bad
        }
        if (next.done === true) break
        if (next.value.is === 'bad') bad.push(next.value)
        else if (next.value.is === 'warning') log.warn(`${stanza.name}: ${next.value.subject}: ${next.value.says}`)
      }
    }
    return bad
  } finally {
    await tenants.close()
  }
}
