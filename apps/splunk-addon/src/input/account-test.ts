import { createTenants, throttling } from '@siembridge/azure'
import { type Finding, type Logger, systemClock } from '@siembridge/core'
import { createBudgets } from '@siembridge/core/budget'
import type { InputStanza, Splunkd } from '@siembridge/splunk/modular-input'
import { collections } from '../about.ts'
import { schemes } from '../schemes.ts'
import type { TestDocument, TestedThing, TestReport } from '../status/test-report.ts'
import { readAccount } from './account.ts'
import { readParameters } from './parameters.ts'
import { reportedError } from './reported-error.ts'
import { secretsOf } from './running-input.ts'
import { sourcesOf } from './sources.ts'
import { asTested, testedStreams } from './tested-streams.ts'

/** Splunk Web waits no longer than 30 s for splunkd. */
const withinMs = 24_000
const path = `storage/collections/data/${collections.tests}`

/**
 * Tests an account: whether tokens come, and what of every kind of input can be read. What is found goes into the collection of tests
 * under the name that the test was given, and as a sentence back to who asked: an input of this kind is never made.
 */
export async function testAccount({ name, params }: InputStanza, splunkd: Splunkd, log: Logger): Promise<string> {
  const account = params['account'] ?? ''
  const things = await findings(account, splunkd, log)
  const report: TestReport = { account, atMs: Date.now(), things }
  const document: TestDocument = { _key: name, account, report: JSON.stringify(report) }
  const said = summary(report)
  try {
    await splunkd.ask({ method: 'DELETE', path, query: { query: JSON.stringify({ account }) } })
    await splunkd.ask({ method: 'POST', path: `${path}/batch_save`, json: [document] })
    return said
  } catch (error) {
    log.warn(`what the test of ${account} found cannot be kept: ${(error as Error).message}`)
    return said
  }
}

function summary({ account, things }: TestReport): string {
  const bad = things.filter(({ is }) => is === 'bad')
  const good = things.filter(({ is }) => is !== 'bad')
  const said = bad.map(({ subject, says, help }) => `${subject}: ${says}.${help === undefined ? '' : ` ${help}`}`)
  return `Account ${account}: ${good.length} of ${things.length} checks passed. ${said.join(' ')}`.trimEnd()
}

async function findings(account: string, splunkd: Splunkd, log: Logger): Promise<readonly TestedThing[]> {
  const clock = systemClock
  try {
    const options = await readAccount(splunkd, account)
    const secrets = secretsOf(splunkd)
    const budgets = createBudgets({ clock, limits: throttling })
    const tenants = createTenants({ [account]: options }, { secrets, budgets, clock })
    const things = new Map<string, TestedThing>()
    const late = clock.sleep(withinMs)
    const signal = AbortSignal.timeout(withinMs)
    const parts = schemes.flatMap((scheme) => {
      const params = { account, streams: testedStreams(scheme).join(',') }
      const parameters = readParameters(scheme, { name: account, app: '', params }, clock.now())
      return sourcesOf(scheme, parameters, tenants).map(async ({ source, options: of, name }) => {
        const context = { options: of, name, sinceMs: clock.now(), budgets, secrets, clock, log, signal }
        for await (const finding of source.check(context)) things.set(finding.subject, thingOf(finding, scheme.name))
      })
    })
    await Promise.race([Promise.allSettled(parts), late])
    // Connections that hang must not hold up the answer.
    void tenants.close().catch(() => undefined)
    return [...things.values()].flatMap((thing) => asTested(thing))
  } catch (error) {
    const { code, message, help } = reportedError(error)
    return [
      {
        subject: `account ${account}`,
        what: 'account',
        is: 'bad',
        says: message,
        code,
        ...(help !== undefined && { help }),
      },
    ]
  }
}

function thingOf(finding: Finding, scheme: string): TestedThing {
  const { subject } = finding
  if (subject.startsWith('token of ')) return { ...finding, what: 'token' }
  if (subject.startsWith('credential of ')) return { ...finding, what: 'credential' }
  return { ...finding, what: 'stream', scheme, stream: subject.split(' of tenant ')[0] ?? subject }
}
