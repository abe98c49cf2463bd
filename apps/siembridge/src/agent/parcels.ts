import type { Encoder, Parcel } from '@siembridge/core'
import { Output } from '@siembridge/engine'

/** Lines, each with its line feed, as a parcel. */
export function parcelOf(lines: readonly Buffer[]): Parcel {
  let end = 0
  return { body: Buffer.concat(lines), ends: Uint32Array.from(lines, (line) => (end += line.length)), attempt: 0 }
}

/** The events of one record as a parcel. */
export function encoded(encoder: Encoder, record: Buffer): Parcel {
  const out = new Output(1 << 16)
  encoder.encode(record, undefined, undefined, out)
  const body = Buffer.from(out.take())
  const ends: number[] = []
  for (let at = body.indexOf(10); at >= 0; at = body.indexOf(10, at + 1)) ends.push(at + 1)
  return { body, ends: Uint32Array.from(ends), attempt: 0 }
}
