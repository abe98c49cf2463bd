import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arraySlices, jsonSlices } from '../json-slices.ts'
import { openReceivers } from './receivers.ts'
import type { ReceiverFault } from './receiver-fault.ts'
import type { RunningReceivers } from './receivers.ts'

const [plain, ack, off, query] = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'].map(
  (part) => `${part}-0000-4000-8000-000000000000`,
)
const channel = '6e2d9a41-0d3c-4d53-8f57-0a1b2c3d4e5f'
let receivers: RunningReceivers

beforeAll(async () => {
  const tokens = [
    { token: plain ?? '', indexes: ['main'] },
    { token: ack ?? '', useAck: true },
    { token: off ?? '', disabled: true },
    { token: query ?? '', queryString: true },
  ]
  receivers = await openReceivers({
    receivers: [
      { name: 'hec', kind: 'hec', tokens, maxContentLength: 1000 },
      { name: 'http', kind: 'http', bearer: 'key', basic: { user: 'u', password: 'p' } },
    ],
  })
})
afterAll(() => receivers.stop())

let before = 0
beforeEach(() => {
  before = [...receivers.recorder.events()].length
  setFault(undefined)
})
const setFault = (fault: ReceiverFault | undefined, count?: number) =>
  receivers.receivers.get('hec')?.faults.set(fault, count)
const kept = () =>
  [...receivers.recorder.events(undefined, before)].map(({ text, acknowledged }) => [text, acknowledged])

interface Sent {
  readonly token?: string | undefined
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly path?: string
  readonly headers?: Record<string, string>
}

async function post({ token = plain, body = '{"event":"x"}', path = '', headers = {} }: Sent) {
  const url = `http://127.0.0.1:${receivers.address.ports.hec}/services/collector${path}`
  const authorization = token === '' ? {} : { authorization: `Splunk ${token}` }
  const response = await fetch(url, { method: 'POST', headers: { ...authorization, ...headers }, body })
  const text = await response.text()
  return { status: response.status, ...(text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)) }
}

describe('the table of codes', () => {
  it.each([
    [1, 403, { token: off }],
    [2, 401, { token: '' }],
    [3, 401, { token: '', headers: { authorization: 'Bearer x' } }],
    [4, 403, { token: '00000000-0000-4000-8000-000000000000' }],
    [5, 400, { body: '' }],
    [6, 400, { body: '{"event":' }],
    [7, 400, { body: '{"event":"x","index":"other"}' }],
    [10, 400, { token: ack }],
    [11, 400, { token: ack, path: '?channel=abc' }],
    [12, 400, { body: '{"host":"h"}' }],
    [13, 400, { body: '{"event":""}' }],
    [14, 400, { path: `/ack?channel=${channel}`, body: '{"acks":[0]}' }],
    [15, 400, { body: '{"event":"x","fields":{"a":{"b":1}}}' }],
    [16, 400, { token: '', path: `?token=${plain}` }],
    [17, 200, { path: '/health' }],
  ] satisfies [number, number, Sent][])('code %d with status %d', async (code, status, sent: Sent) => {
    expect(await post(sent)).toMatchObject({ code, status })
    expect(kept()).toEqual([])
  })

  it('names the first bad event, and keeps those before it', async () => {
    const answer = await post({ body: '{"event":"a"}{"event":"b"}\n{"event":""}{"event":"c"}' })
    expect(answer).toMatchObject({ code: 13, 'invalid-event-number': 2 })
    expect(kept()).toEqual([
      ['{"event":"a"}', false],
      ['{"event":"b"}', false],
    ])
    expect(await post({ body: '{"event":"a"} nonsense' })).toMatchObject({ code: 6, 'invalid-event-number': 1 })
  })

  it('takes gzip, basic and query authorization, and refuses large bodies', async () => {
    const packed = new Uint8Array(gzipSync('{"event":"packed \\" é"}'))
    expect(await post({ body: packed, headers: { 'content-encoding': 'gzip' } })).toMatchObject({ code: 0 })
    const authorization = `Basic ${Buffer.from(`any:${plain}`).toString('base64')}`
    expect(await post({ token: '', headers: { authorization } })).toMatchObject({ code: 0 })
    expect(await post({ token: '', path: `?token=${query}` })).toMatchObject({ code: 0 })
    expect(await post({ body: `{"event":"${'x'.repeat(1000)}"}` })).toMatchObject({ status: 413 })
    expect(kept()[0]).toEqual(['{"event":"packed \\" é"}', true])
  })

  it('answers any code it is told to, and keeps nothing', async () => {
    setFault({ kind: 'hec-code', code: 9 })
    expect(await post({})).toEqual({ status: 503, code: 9, text: 'Server is busy' })
    setFault({ kind: 'http-status', status: 429, retryAfter: '2' }, 1)
    expect((await post({})).status).toBe(429)
    expect(await post({})).toMatchObject({ code: 0 })
    expect(kept().length).toBe(1)
  })
})

describe('indexer acknowledgement', () => {
  const send = () => post({ token: ack, headers: { 'x-splunk-request-channel': channel } })
  const asked = (acks: number[]) =>
    post({ token: ack, path: `/ack?channel=${channel}`, body: JSON.stringify({ acks }) })

  it('says true once, and then forgets', async () => {
    const { ackId } = (await send()) as { ackId?: number }
    expect(kept()).toEqual([['{"event":"x"}', false]])
    expect(await asked([ackId ?? -1, 999])).toMatchObject({ acks: { [ackId ?? -1]: true, 999: false } })
    expect(kept()).toEqual([['{"event":"x"}', true]])
    expect(await asked([ackId ?? -1])).toMatchObject({ acks: { [ackId ?? -1]: false } })
  })

  it('loses ids, never says true, and leaves ids out', async () => {
    setFault({ kind: 'ack-lost' }, 1)
    const { ackId: lost = -1 } = (await send()) as { ackId?: number }
    expect(await asked([lost])).toMatchObject({ acks: { [lost]: false } })
    const { ackId: never = -1 } = (await send()) as { ackId?: number }
    setFault({ kind: 'ack-never' })
    expect(await asked([never])).toMatchObject({ acks: { [never]: false } })
    setFault(undefined)
    expect(await asked([never])).toMatchObject({ acks: { [never]: true } })
    setFault({ kind: 'no-ack-id' }, 1)
    expect(await send()).toEqual({ status: 200, code: 0, text: 'Success' })
  })
})

it('stores, then cuts the connection in place of an answer', async () => {
  setFault({ kind: 'answer-lost' }, 1)
  await expect(post({})).rejects.toThrow('fetch failed')
  expect(kept()).toEqual([['{"event":"x"}', false]])
})

describe('JSON over HTTP', () => {
  const send = async (body: string, authorization = 'Bearer key') => {
    const url = `http://127.0.0.1:${receivers.address.ports.http}/`
    return (await fetch(url, { method: 'POST', body, headers: { authorization } })).status
  }

  it('takes NDJSON and arrays with their exact bytes', async () => {
    expect(await send('{"a": 1}\n{"b":"é\\n"}\n')).toBe(200)
    expect(await send(' [ {"c":[1,"]"]} , {"d" : {}} ] ', `Basic ${btoa('u:p')}`)).toBe(200)
    expect(kept().map(([text]) => text)).toEqual(['{"a": 1}', '{"b":"é\\n"}', '{"c":[1,"]"]}', '{"d" : {}}'])
  })

  it('refuses strangers and what is no JSON', async () => {
    expect(await send('{}', 'Bearer other')).toBe(401)
    expect(await send('not json')).toBe(400)
  })
})

it('cuts arrays and concatenated objects at their bounds', () => {
  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 })
  fc.assert(
    fc.property(objects, fc.constantFrom('', ' ', '\n'), (values, gap) => {
      const texts = values.map((value) => JSON.stringify(value))
      const slices = (bytes: Buffer[] | undefined) => bytes?.map(String)
      expect(slices(jsonSlices(Buffer.from(texts.join(gap))))).toEqual(texts)
      expect(slices(arraySlices(Buffer.from(`${gap}[${texts.join(`${gap},`)}]`)))).toEqual(texts)
    }),
  )
})
