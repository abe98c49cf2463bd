import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { descriptorStats, SiembridgeError } from '@siembridge/core'

export const nameOf = (file: string): string => (file === '-' ? 'standard input' : file)

const fileBytes = 1 << 20
/** What a pipe holds. */
const pipeBytes = 1 << 16

/**
 * Bytes of a file, or of standard input for `-`. With `wait`, nothing else goes on in this process meanwhile, so that a pipe may
 * be waited for: that spares a short run the loading of Node's streams. Throws SiembridgeError.
 */
export async function* chunksOf(file: string, wait: boolean): AsyncGenerator<Buffer> {
  try {
    const descriptor = file === '-' ? 0 : openSync(file, 'r')
    const kind = descriptorStats(descriptor)
    if (kind.isFile()) yield* fileChunks(descriptor)
    else if (wait && (kind.isFIFO() || kind.isSocket())) yield* pipeChunks(descriptor)
    else yield* streamOf(descriptor)
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined
      ? error
      : new SiembridgeError('InputUnreadable', nameOf(file), (error as Error).message)
  }
}

function* fileChunks(descriptor: number): Generator<Buffer> {
  try {
    for (;;) {
      const chunk = read(descriptor, fileBytes)
      if (chunk.length === 0) return
      yield chunk
    }
  } finally {
    if (descriptor > 0) closeSync(descriptor)
  }
}

async function* pipeChunks(descriptor: number): AsyncGenerator<Buffer> {
  for (;;) {
    const chunk = readPipe(descriptor)
    if (chunk === undefined) return yield* streamOf(descriptor)
    if (chunk.length === 0) return
    yield chunk
    // Messages go out before the next wait.
    await new Promise(setImmediate)
  }
}

/** Empty at the end; undefined where somebody else made the pipe non-blocking. */
function readPipe(descriptor: number): Buffer | undefined {
  try {
    return read(descriptor, pipeBytes)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EAGAIN') return undefined
    // What Windows says at the end of a pipe.
    if (code === 'EOF') return Buffer.alloc(0)
    throw error
  }
}

/** A buffer of its own each time: what has no end yet is kept. */
function read(descriptor: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafeSlow(bytes)
  return buffer.subarray(0, readSync(descriptor, buffer))
}

function streamOf(descriptor: number): AsyncIterable<Buffer> {
  if (descriptor === 0) return process.stdin as AsyncIterable<Buffer>
  return createReadStream('', { fd: descriptor, highWaterMark: fileBytes }) as AsyncIterable<Buffer>
}
