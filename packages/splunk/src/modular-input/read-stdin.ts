import type { Readable } from 'node:stream'

/** How long splunkd has to write its document, in milliseconds. */
const waitMs = 30_000

const ends = ['</input>', '</items>']

/**
 * The document on standard input, to its end or to its closing tag: splunkd does not always close the pipe. UTF-8, or UTF-16 by
 * its byte order mark. Rejects where nothing whole comes in time.
 */
export async function readDocument(input: Readable, withinMs = waitMs): Promise<string> {
  let bytes = Buffer.alloc(0)
  const late = setTimeout(() => input.destroy(new Error(`no whole document in ${withinMs / 1000} s`)), withinMs)
  try {
    for await (const chunk of input) {
      bytes = Buffer.concat([bytes, chunk as Buffer])
      const text = decoded(bytes).trimEnd()
      if (ends.some((end) => text.endsWith(end))) return text
    }
    return decoded(bytes)
  } finally {
    clearTimeout(late)
    input.destroy()
  }
}

/** Text by its byte order mark; UTF-8 without one. */
export function decoded(bytes: Buffer): string {
  const [first, second] = bytes
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}
