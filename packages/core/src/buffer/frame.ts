/** A record in a buffer, and what is known of it. */
export interface FrameRecord {
  /** Identity within the lane: 16 bytes. */
  readonly id: Buffer
  readonly type: string
  /** Milliseconds since 1970; NaN where unknown. */
  readonly timeMs: number
  readonly change: ChangeCode
  readonly bytes: Buffer
}

/** 0: of no object, 1: created, 2: updated, 3: unchanged. */
export type ChangeCode = 0 | 1 | 2 | 3
export const changeNames = [undefined, 'created', 'updated', 'unchanged'] as const

/** Records of one lane that were appended together. Frames stand in segments as checked entries. */
export interface Frame {
  /** Sequence of the first record in its buffer: rising by one a record, without gaps. */
  readonly base: number
  readonly lane: string
  readonly tenant: string
  /** Records of the lane, and its position, before this batch. */
  readonly before: number
  readonly position: Buffer
  readonly records: readonly FrameRecord[]
}

const fixed = 6 + 2 + 6 + 4 + 4 + 4
const perRecord = 16 + 8 + 2 + 1 + 1 + 4

/** Payload of a checked entry. */
export function writeFrame({ base, lane, tenant, before, position, records }: Frame): Buffer {
  const names = [...new Set(records.map((r) => r.type))]
  const head = Buffer.from([lane, tenant, ...names].map((text) => `${text}\0`).join(''))
  const data = records.reduce((sum, r) => sum + r.bytes.length, 0)
  const out = Buffer.allocUnsafe(fixed + head.length + position.length + records.length * perRecord + data)
  let at = out.writeUIntLE(base, 0, 6)
  at = out.writeUInt16LE(names.length, at)
  at = out.writeUIntLE(before, at, 6)
  at = out.writeUInt32LE(head.length, at)
  at = out.writeUInt32LE(position.length, at)
  at = out.writeUInt32LE(records.length, at)
  at += head.copy(out, at)
  at += position.copy(out, at)
  for (const record of records) at = writeRecordHead(out, at, record, names.indexOf(record.type))
  for (const record of records) at += record.bytes.copy(out, at)
  return out
}

function writeRecordHead(out: Buffer, from: number, { id, timeMs, change, bytes }: FrameRecord, type: number): number {
  let at = from + id.copy(out, from)
  at = out.writeDoubleLE(timeMs, at)
  at = out.writeUInt16LE(type, at)
  at = out.writeUInt8(change, at)
  at = out.writeUInt8(0, at)
  return out.writeUInt32LE(bytes.length, at)
}

/** Reads a payload back: the records' bytes are views of it. */
export function readFrame(payload: Buffer): Frame {
  const base = payload.readUIntLE(0, 6)
  const before = payload.readUIntLE(8, 6)
  const headLength = payload.readUInt32LE(14)
  const positionLength = payload.readUInt32LE(18)
  const count = payload.readUInt32LE(22)
  const [lane = '', tenant = '', ...names] = payload.toString('utf8', fixed, fixed + headLength).split('\0')
  const position = payload.subarray(fixed + headLength, fixed + headLength + positionLength)
  let at = fixed + headLength + positionLength
  let data = at + count * perRecord
  const records: FrameRecord[] = []
  for (let i = 0; i < count; i++, at += perRecord) {
    const length = payload.readUInt32LE(at + 28)
    records.push({
      id: payload.subarray(at, at + 16),
      timeMs: payload.readDoubleLE(at + 16),
      type: names[payload.readUInt16LE(at + 24)] ?? '',
      change: payload.readUInt8(at + 26) as ChangeCode,
      bytes: payload.subarray(data, data + length),
    })
    data += length
  }
  return { base, lane, tenant, before, position, records }
}
