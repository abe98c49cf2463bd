import { isProblem, readHec } from '@siembridge/formats'
import { HecChannels } from './hec-channels.ts'
import { hecAnswer } from './hec-codes.ts'
import { authorizeHec } from './hec-token.ts'
import { httpReceiver } from './http-receiver.ts'
import { jsonSlices } from '../json-slices.ts'
import type { HecSpec, HecToken } from './hec-spec.ts'
import type { Answer, Posted } from './http-receiver.ts'
import type { Receiver, ReceiverContext } from './receiver.ts'
import type { ReceivedEvent } from './recorder.ts'
import type { ReceiverSpec } from './spec.ts'

interface Hec {
  readonly spec: HecSpec
  readonly context: ReceiverContext
  readonly channels: HecChannels
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Splunk's HTTP Event Collector: the endpoints event, raw, ack and health. */
export function hec(spec: Extract<ReceiverSpec, { kind: 'hec' }>, context: ReceiverContext): Receiver {
  const channels = new HecChannels(spec.ackDelayMs ?? 0, context.faults, context.recorder)
  const receiver = httpReceiver('hec', spec, context, (posted) => route(posted, { spec, context, channels }))
  return {
    name: receiver.name,
    kind: receiver.kind,
    faults: receiver.faults,
    get port() {
      return receiver.port
    },
    open: () => receiver.open(),
    close: async () => {
      channels.forget()
      await receiver.close()
    },
  }
}

function route(posted: Posted, own: Hec): Answer {
  const fault = own.context.faults.take('hec-code')
  if (fault) return hecAnswer(fault.code)
  const endpoint = /^\/services\/collector(?:\/(event|raw|ack|health))?(?:\/1\.0)?$/.exec(posted.url.pathname)
  if (!endpoint) return { status: 404, body: '{"text":"The requested URL was not found on this server.","code":404}' }
  if (endpoint[1] === 'health') return hecAnswer(17)
  const token = authorizeHec(posted, own.spec)
  if (typeof token === 'number') return hecAnswer(token)
  if (endpoint[1] === 'ack') return acks(posted, token, own)
  return take(posted, token, endpoint[1] === 'raw', own)
}

function take(posted: Posted, token: HecToken, isRaw: boolean, own: Hec): Answer {
  const channel = channelOf(posted)
  if (channel === undefined && (token.useAck === true || isRaw)) return hecAnswer(10)
  if (channel !== undefined && !guid.test(channel)) return hecAnswer(11)
  const { body } = posted
  if (!body) return hecAnswer(6, { 'invalid-event-number': 0 })
  if (body.length > (own.spec.maxContentLength ?? 838_860_800)) return { status: 413, body: '' }
  if (body.length === 0) return hecAnswer(5)
  return isRaw ? keep(rawLines(body), posted, token, own) : takeEvents(body, posted, token, own)
}

function takeEvents(body: Buffer, posted: Posted, token: HecToken, own: Hec): Answer {
  const text = body.toString()
  const read = readHec(text)
  const slices = jsonSlices(body) ?? []
  if (!isProblem(read)) {
    const wrong = read.findIndex(({ index }) => !isAllowed(index ?? posted.url.searchParams.get('index'), token))
    return wrong < 0 ? keep(slices, posted, token, own) : refuse(7, wrong, slices, posted, own)
  }
  const before = isGood(slices) ? slices : goodPrefix(body)
  return read.code === 5 ? hecAnswer(5) : refuse(read.code, read.event, before, posted, own)
}

function isGood(slices: readonly Buffer[]): boolean {
  return slices.length > 0
}

/** The envelopes before the place where the body stops being JSON. */
function goodPrefix(body: Buffer): Buffer[] {
  for (let end = body.lastIndexOf(0x7d); end >= 0; end = end === 0 ? -1 : body.lastIndexOf(0x7d, end - 1)) {
    const slices = jsonSlices(body.subarray(0, end + 1))
    if (slices) return slices
  }
  return []
}

function refuse(code: number, number: number, slices: readonly Buffer[], posted: Posted, own: Hec): Answer {
  if (own.spec.keepBeforeBad ?? true) store(slices.slice(0, number), posted, own)
  return hecAnswer(code, { 'invalid-event-number': number })
}

function isAllowed(index: string | null, { indexes }: HecToken): boolean {
  return index === null || indexes === undefined || indexes.includes(index)
}

function keep(events: readonly Buffer[], posted: Posted, token: HecToken, own: Hec): Answer {
  const kept = store(events, posted, own)
  if (token.useAck !== true) return { ...hecAnswer(0), acknowledges: kept }
  const ackId = own.channels.add(channelOf(posted) ?? '', kept)
  return hecAnswer(0, ackId === undefined ? {} : { ackId })
}

function store(events: readonly Buffer[], posted: Posted, { context }: Hec): ReceivedEvent[] {
  return events.map((event) => context.recorder.keep(context.name, posted.connection, event))
}

function rawLines(body: Buffer): Buffer[] {
  const lines = body.toString('latin1').split(/\r?\n/)
  return lines.filter((line) => line !== '').map((line) => Buffer.from(line, 'latin1'))
}

function acks(posted: Posted, token: HecToken, { channels }: Hec): Answer {
  if (token.useAck !== true) return hecAnswer(14)
  const channel = channelOf(posted)
  if (channel === undefined) return hecAnswer(10)
  if (!guid.test(channel)) return hecAnswer(11)
  const ids = readAcks(posted.body?.toString() ?? '')
  return ids ? { status: 200, body: JSON.stringify({ acks: channels.query(channel, ids) }) } : hecAnswer(6)
}

function readAcks(text: string): number[] | undefined {
  try {
    const { acks: ids } = JSON.parse(text) as { acks?: unknown }
    return Array.isArray(ids) ? ids.map(Number) : undefined
  } catch {
    return undefined
  }
}

function channelOf({ headers, url }: Posted): string | undefined {
  const header = headers['x-splunk-request-channel']
  return typeof header === 'string' ? header : (url.searchParams.get('channel') ?? undefined)
}
