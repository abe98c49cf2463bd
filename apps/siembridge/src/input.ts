import { createReadStream } from 'node:fs'
import { SiembridgeError } from '@siembridge/core'

export const nameOf = (file: string): string => (file === '-' ? 'standard input' : file)

/** Bytes of a file, or of standard input for `-`. Throws SiembridgeError. */
export async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const stream = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 })
  try {
    for await (const chunk of stream) yield chunk as Buffer
  } catch (error) {
    throw new SiembridgeError('InputUnreadable', nameOf(file), (error as Error).message)
  }
}
