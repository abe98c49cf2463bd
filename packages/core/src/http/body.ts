import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { HttpFailure, kindOf } from './failure.ts'
import type { HttpRequest } from './types.ts'

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/** The body without its compression. `done` is called at its end, whatever the end is. */
export async function* plain(
  body: Readable,
  headers: Readonly<Record<string, string>>,
  { method, url }: HttpRequest,
  done: () => void,
): AsyncGenerator<Buffer> {
  const decoder = method === 'HEAD' ? undefined : decoders[headers['content-encoding']?.toLowerCase() ?? '']
  try {
    // What breaks the body breaks the decoder with the same reason.
    yield* decoder ? pipeline(body, decoder(), () => {}) : body
  } catch (error) {
    // A stream's reason is the failure itself; what the decoder says is not one yet.
    throw (error as { code?: string }).code?.startsWith('Z_')
      ? new HttpFailure(kindOf(error, true), url, true, error)
      : error
  } finally {
    done()
    body.destroy()
  }
}

/** All of a body. Rejects with `too-large` as soon as it is over the limit. */
export async function collect(body: AsyncIterable<Buffer>, { url }: HttpRequest, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > maxBytes) throw new HttpFailure('too-large', url, true, `more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}
