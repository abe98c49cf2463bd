import type { Parcel } from '@siembridge/core'

/** A parcel of texts. */
export function parcelOf(texts: readonly string[], attempt = 0): Parcel {
  let end = 0
  const ends = Uint32Array.from(texts, (text) => (end += Buffer.byteLength(text) + 1))
  return { body: Buffer.from(texts.map((text) => `${text}\n`).join('')), ends, attempt }
}

export const never = new AbortController().signal

/** What an iteration gives, in a list. */
export async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
