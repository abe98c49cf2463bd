/**
 * Records as bytes: one block and where each record lies in it. A batch of them can go to another thread, and no object is made
 * per record.
 */
export interface Records {
  /** JSON texts in UTF-8, as the source sent them. */
  readonly bytes: Buffer
  /** Pairs of offset and length in `bytes`, one pair a record. */
  readonly index: Uint32Array
}

export const noRecords: Records = { bytes: Buffer.alloc(0), index: new Uint32Array(0) }

export const recordCount = ({ index }: Records): number => index.length >> 1

/** The bytes of record `at`: a view, not a copy. */
export function recordAt({ bytes, index }: Records, at: number): Buffer {
  const from = index[at * 2] as number
  return bytes.subarray(from, from + (index[at * 2 + 1] as number))
}

/** Records out of separate texts. */
export function recordsOf(texts: readonly Uint8Array[]): Records {
  const index = new Uint32Array(texts.length * 2)
  let offset = 0
  texts.forEach((text, at) => {
    index[at * 2] = offset
    index[at * 2 + 1] = text.length
    offset += text.length
  })
  return { bytes: Buffer.concat(texts), index }
}

/** The same records in portions of at most so many bytes, or of one record. */
export function portionsOf({ bytes, index }: Records, most: number): Records[] {
  const portions: Records[] = []
  let from = 0
  let size = 0
  for (let at = 0; at <= index.length; at += 2) {
    const length = index[at + 1] ?? 0
    if (at > from && (at === index.length || size + length > most)) {
      portions.push(compact({ bytes, index: index.subarray(from, at) }))
      from = at
      size = 0
    }
    size += length
  }
  return portions
}

/** What lies between records (an envelope, commas) belongs to none. */
function compact({ bytes, index }: Records): Records {
  const starts = index.filter((_, at) => at % 2 === 0)
  const first = starts.reduce((least, start) => Math.min(least, start), bytes.length)
  const end = starts.reduce((most, start, at) => Math.max(most, start + (index[at * 2 + 1] ?? 0)), 0)
  return { bytes: bytes.subarray(first, end), index: index.map((n, at) => (at % 2 === 1 ? n : n - first)) }
}
