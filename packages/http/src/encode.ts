import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Parcel } from '@siembridge/core'

const comma = 44

/** Body of events `from` to before `to`: one a line, or a JSON array. */
export function bodyOf({ body, ends }: Parcel, from: number, to: number, form: 'ndjson' | 'array'): Buffer {
  const start = from === 0 ? 0 : (ends[from - 1] as number)
  const lines = body.subarray(start, ends[to - 1])
  if (form === 'ndjson') return lines
  const array = Buffer.concat([Buffer.from('['), lines.subarray(0, -1), Buffer.from(']')])
  for (let at = from; at < to - 1; at++) array[(ends[at] as number) - start] = comma
  return array
}

/** Off the main thread. Level 3 costs what level 1 costs and gives less. */
export const compressed: (bytes: Buffer, options: { level: number }) => Promise<Buffer> = promisify(gzip)

export const isLoopback = (url: string): boolean => /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname)
