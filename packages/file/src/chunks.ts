import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

/** Fits the caches of a processor; larger ones are slower to parse. */
const chunkBytes = 1 << 20

/** From an offset to what is the end now. Each chunk is the caller's to keep. */
export async function* chunksOf(file: FileHandle, from: number): AsyncGenerator<Buffer> {
  for (let at = from; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(chunkBytes), 0, chunkBytes, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** The same of a compressed file; the offset counts decompressed bytes. */
export async function* unzippedChunks(path: string, from: number): AsyncGenerator<Buffer> {
  let at = 0
  const source = createReadStream(path)
  const plain = source.pipe(createGunzip({ chunkSize: 65_536 }))
  source.on('error', (error) => plain.destroy(error))
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    const skipped = Math.max(0, from - at)
    at += chunk.length
    if (skipped < chunk.length) yield chunk.subarray(skipped)
  }
}
