import { expect, test } from 'vitest'
import { OlderSplunk } from '../../testing/older-splunk.ts'
import { applySteps, propose, readOlder, type Step, stepsFor, type StepResult } from './index.ts'

const now = Date.parse('2026-03-10T12:00:00Z')
const tenant = '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10'
const client = '00000000-0000-4000-8000-000000000001'
const secret = `simulated-${'client-'.repeat(20)}secret`
const key = 'aad_signin_last_date_signins'

function older(): OlderSplunk {
  const splunk = new OlderSplunk()
    .account('TA-MS-AAD', 'ta_ms_aad_account', 'contoso', { username: client }, secret)
    .input('TA-MS-AAD', 'MS_AAD_signins://signins', { azure_app_account: 'contoso', tenant_id: tenant })
  return at(splunk, '2026-03-10T10:00:00Z')
}

function at(splunk: OlderSplunk, time: string): OlderSplunk {
  splunk.rows.set('TA-MS-AAD/TA_MS_AAD_checkpointer', [{ _key: key, state: JSON.stringify(time) }])
  return splunk
}

const stepsOf = async (splunk: OlderSplunk): Promise<readonly Step[]> =>
  stepsFor(propose(await readOlder(splunk.ask, now)))
const applied = async (splunk: OlderSplunk): Promise<readonly StepResult[]> =>
  await applySteps(await stepsOf(splunk), { ask: splunk.ask, now: () => now })
const asked = ({ changed }: OlderSplunk): readonly string[] =>
  changed.map(({ method, app, endpoint }) => `${method} ${app} ${endpoint}`)

test('the older input runs until ours is made and found good, and ours begins when it has stopped', async () => {
  const splunk = older()
  expect((await applied(splunk)).every(({ done }) => done)).toBe(true)
  expect(asked(splunk)).toEqual([
    'POST siembridge_ms storage/passwords',
    'POST siembridge_ms configs/conf-siembridge_ms_account',
    'POST siembridge_ms data/inputs/siembridge_entra_id',
    'POST TA-MS-AAD data/inputs/MS_AAD_signins/signins/disable',
    'POST siembridge_ms data/inputs/siembridge_entra_id/signins/enable',
  ])
  expect(splunk.changed[0]?.form).toEqual({ realm: 'siembridge_ms#account', name: 'contoso', password: secret })
  expect(splunk.changed[2]?.form).toMatchObject({ disabled: '1', start: '2026-03-10T09:00:00.000Z' })
})

test('a checkpoint that moved on until the older input stopped is where ours begins', async () => {
  const splunk = older()
  splunk.before = ({ endpoint }) => {
    if (endpoint.endsWith('/disable')) at(splunk, '2026-03-10T11:30:00Z')
  }
  await applied(splunk)
  const begin = splunk.changed.find(({ endpoint }) => endpoint === 'data/inputs/siembridge_entra_id/signins')
  expect(begin?.form).toMatchObject({ account: 'contoso', start: '2026-03-10T10:30:00.000Z' })
})

test('where it cannot be read again, ours begins where it was made to', async () => {
  const splunk = older()
  let stopped = false
  splunk.before = ({ endpoint }) => (stopped ||= endpoint.endsWith('/disable'))
  splunk.refuse = ({ method }) => (stopped && method === 'GET' ? [503, 'KV Store is not running.'] : undefined)
  expect((await applied(splunk)).every(({ done }) => done)).toBe(true)
  expect(asked(splunk)).not.toContain('POST siembridge_ms data/inputs/siembridge_entra_id/signins')
})

test('an input that Splunk refuses leaves the older one as it is', async () => {
  const splunk = older()
  splunk.refuse = ({ method, endpoint }) =>
    method === 'POST' && endpoint === 'data/inputs/siembridge_entra_id'
      ? [400, 'AuditLog.Read.All is missing']
      : undefined
  const results = await applied(splunk)
  expect(results.filter(({ done }) => !done).map(({ step, says }) => [step.kind, says])).toEqual([
    ['create', 'AuditLog.Read.All is missing'],
    ['stop-older', 'left out, because a step before it failed'],
    ['set-start', 'left out, because a step before it failed'],
    ['enable', 'left out, because a step before it failed'],
  ])
  expect(asked(splunk).join()).not.toContain('MS_AAD_signins')
})

test('an input that cannot be enabled is removed, and the older one runs again', async () => {
  const splunk = older()
  splunk.refuse = ({ endpoint }) =>
    endpoint.endsWith('signins/enable') && endpoint.includes('siembridge') ? [500, 'no'] : undefined
  expect((await applied(splunk)).at(-1)).toMatchObject({ done: false, says: 'no' })
  expect(asked(splunk).slice(-2)).toEqual([
    'POST TA-MS-AAD data/inputs/MS_AAD_signins/signins/enable',
    'DELETE siembridge_ms data/inputs/siembridge_entra_id/signins',
  ])
})

test('a secret that is there already is replaced under its own address', async () => {
  const splunk = older()
  splunk.refuse = ({ method, endpoint }) =>
    method === 'POST' && endpoint === 'storage/passwords' ? [409, 'it already exists'] : undefined
  expect((await applied(splunk)).every(({ done }) => done)).toBe(true)
  expect(splunk.changed[0]).toMatchObject({
    endpoint: `storage/passwords/${encodeURIComponent('siembridge_ms#account:contoso:')}`,
    form: { password: secret },
  })
})

test('a Splunk that takes no `disabled` for a new input is asked without it, and the input disabled behind', async () => {
  const splunk = older()
  splunk.refuse = ({ form }) =>
    form?.['disabled'] === undefined ? undefined : [400, 'Argument "disabled" is not supported by this handler.']
  expect((await applied(splunk)).every(({ done }) => done)).toBe(true)
  expect(asked(splunk).slice(2, 4)).toEqual([
    'POST siembridge_ms data/inputs/siembridge_entra_id',
    'POST siembridge_ms data/inputs/siembridge_entra_id/signins/disable',
  ])
})

test('a secret that went away is told', async () => {
  const splunk = older()
  const steps = await stepsOf(splunk)
  splunk.passwords.length = 0
  const results = await applySteps(steps, { ask: splunk.ask, now: () => now })
  expect(results[0]).toMatchObject({ done: false, says: expect.stringContaining('storage/passwords') as string })
})

test('a Splunk that does not answer is told of, step by step', async () => {
  const steps = await stepsOf(older())
  const results = await applySteps(steps, { ask: () => Promise.reject(new Error('fetch failed')), now: () => now })
  expect(results[0]).toMatchObject({ done: false, says: 'fetch failed' })
})

test('what cannot be taken back is told: an older input that stays stopped collects nothing', async () => {
  const splunk = older()
  let asked = 0
  splunk.refuse = ({ endpoint }) => {
    if (!endpoint.endsWith('signins/enable')) return undefined
    asked += endpoint.includes('MS_AAD') ? 1 : 0
    return [500, 'no']
  }
  const last = (await applied(splunk)).at(-1)
  expect(last?.left).toEqual(['still to be done by hand: enable MS_AAD_signins://signins of TA-MS-AAD again'])
  expect(last?.says).toContain('enable MS_AAD_signins://signins')
  expect(asked).toBe(3)
})

test('one answer that fails does not leave the older input stopped', async () => {
  const splunk = older()
  let asked = 0
  splunk.refuse = ({ endpoint }) =>
    endpoint.endsWith('signins/enable') && (endpoint.includes('siembridge') || asked++ === 0) ? [500, 'no'] : undefined
  const last = (await applied(splunk)).at(-1)
  expect([last?.says, last?.left]).toEqual(['no', undefined])
})
