import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { SiembridgeError } from '@siembridge/core'

export const nameOf = (file: string): string => (file === '-' ? 'standard input' : file)

const chunkBytes = 1 << 20

/** Bytes of a file, or of standard input for `-`. Throws SiembridgeError. */
export async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    if (file === '-') return yield* process.stdin as AsyncIterable<Buffer>
    const descriptor = openSync(file, 'r')
    // A named pipe may keep us waiting, and a socket that we send to must not wait with us.
    if (fstatSync(descriptor).isFile()) yield* fileChunks(descriptor)
    else yield* createReadStream(file, { fd: descriptor, highWaterMark: chunkBytes }) as AsyncIterable<Buffer>
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined
      ? error
      : new SiembridgeError('InputUnreadable', nameOf(file), (error as Error).message)
  }
}

function* fileChunks(descriptor: number): Generator<Buffer> {
  try {
    for (;;) {
      // A buffer of its own each time: what has no end yet is kept.
      const buffer = Buffer.allocUnsafeSlow(chunkBytes)
      const length = readSync(descriptor, buffer)
      if (length === 0) return
      yield buffer.subarray(0, length)
    }
  } finally {
    closeSync(descriptor)
  }
}
