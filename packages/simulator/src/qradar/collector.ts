import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { identifierOf } from './endpoints.ts'
import type { ConsoleTables, Row } from './rows.ts'

/** A QID record as a look-up gives it. */
export interface FoundQid {
  readonly qid: number
  readonly name: string
  readonly severity: number
  /** Low-level category by name. */
  readonly category: string
}

/** What a parser makes of a payload. `stored`: no event name was found; `unknown`: no mapping. */
export interface CollectedEvent {
  readonly state: 'parsed' | 'unknown' | 'stored'
  readonly fields: Readonly<Record<string, string>>
  readonly qid?: FoundQid
}

/** Parses a payload as the log source's type does: by its extension's text, or as the shipped type of that name. */
export type EventEvaluator = (
  payload: string,
  type: { readonly name: string; readonly extension?: string },
  lookUp: (eventId: string, category: string) => FoundQid | undefined,
) => CollectedEvent

export interface Collected extends CollectedEvent {
  readonly payload: string
  /** Name of the log source; undefined where no identifier was that of the sender. */
  readonly logSource?: string
}

export interface CollectorOptions {
  readonly tables: ConsoleTables
  readonly evaluate: EventEvaluator
  /** Longest TCP payload in bytes: 4096 unless told. What is longer is cut, and the rest comes as a payload of its own. */
  readonly maxTcp?: number
  /** Longest datagram: 1024 unless told. What is longer is cut off. */
  readonly maxUdp?: number
}

export interface EventCollector {
  readonly tcpPort: number
  readonly udpPort: number
  readonly events: readonly Collected[]
  close(): Promise<void>
}

/** Starts what receives syslog on a collector, over TCP and UDP, and parses it by what the console holds at that moment. */
export async function openEventCollector(options: CollectorOptions): Promise<EventCollector> {
  const { maxTcp = 4096, maxUdp = 1024 } = options
  const events: Collected[] = []
  const take = (payload: Buffer): void => void events.push(collect(payload.toString('utf8'), options))
  const sockets = new Set<Socket>()
  const tcp = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    readLines(socket, (line) => {
      for (const part of cut(line, maxTcp)) take(part)
    })
  })
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve))
  const udp = createSocket('udp4')
  udp.on('message', (message) => take(message.subarray(0, maxUdp)))
  await bound(udp)
  return {
    tcpPort: (tcp.address() as AddressInfo).port,
    udpPort: udp.address().port,
    events,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all([
        new Promise((resolve) => tcp.close(resolve)),
        new Promise<void>((resolve) => udp.close(resolve)),
      ])
    },
  }
}

const bound = (udp: UdpSocket): Promise<void> => new Promise((resolve) => udp.bind(0, '127.0.0.1', resolve))

/** A line feed ends a message; octet counting is not known. */
function readLines(socket: Socket, take: (line: Buffer) => void): void {
  let pending = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    for (let end = pending.indexOf(10); end >= 0; end = pending.indexOf(10)) {
      if (end > 0) take(pending.subarray(0, end))
      pending = pending.subarray(end + 1)
    }
  })
}

/** Pieces of at most so many bytes: the second and later ones have no header. */
function* cut(line: Buffer, most: number): Generator<Buffer> {
  for (let at = 0; at < line.length; at += most) yield line.subarray(at, at + most)
}

function collect(payload: string, { tables, evaluate }: CollectorOptions): Collected {
  const source = sourceOf(payload, tables)
  const type = source && tables.row('log_source_types', Number(source['type_id']))
  if (!source || !type) return { state: 'stored', fields: {}, payload }
  const extension = tables.row('log_source_extensions', Number(type['log_source_extension_id'] ?? -1))?.['xml']
  const event = evaluate(
    payload,
    { name: String(type['name']), ...(typeof extension === 'string' && { extension }) },
    (eventId, category) => lookUp(tables, type.id, eventId, category),
  )
  return { ...event, payload, logSource: String(source['name']) }
}

const headers = [/^<\d{1,3}>1 \S+ (\S+) /, /^<\d{1,3}>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (\S+) /]

/** The host name of the header is what log sources are told apart by. A log source counts once it was deployed. */
function sourceOf(payload: string, tables: ConsoleTables): Row | undefined {
  const host = headers.map((header) => header.exec(payload)?.[1]).find((found) => found !== undefined)
  return tables
    .rows('log_sources')
    .find((row) => row['enabled'] !== false && row['requires_deploy'] !== true && identifierOf(row) === host)
}

function lookUp(tables: ConsoleTables, type: number, eventId: string, category: string): FoundQid | undefined {
  const mapping = tables
    .rows('dsm_event_mappings')
    .find(
      (row) =>
        row['log_source_type_id'] === type &&
        row['log_source_event_id'] === eventId &&
        row['log_source_event_category'] === category,
    )
  const qid = mapping && tables.row('qid_records', Number(mapping['qid_record_id']))
  if (!qid) return undefined
  const low = tables.row('low_level_categories', Number(qid['low_level_category_id']))
  return {
    qid: Number(qid['qid']),
    name: String(qid['name']),
    severity: Number(qid['severity']),
    category: String(low?.['name']),
  }
}
