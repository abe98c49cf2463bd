import { constants } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const { O_APPEND, O_CREAT, O_RDWR } = constants
const newline = 10
const block = 65_536

/**
 * Opens a file for appending and makes it end with a whole line: a crash may have cut the last one, and it comes again. The name
 * of a new file is on disk before anything is written.
 */
export async function openForAppend(path: string, mode: number): Promise<FileHandle> {
  const existed = await stat(path).catch(() => undefined)
  const file = await open(path, O_RDWR | O_APPEND | O_CREAT, mode)
  try {
    const { size } = await file.stat()
    const whole = await wholeLines(file, size)
    if (whole < size) await file.truncate(whole)
    if (!existed) await syncFolder(path)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Where the last whole line ends. */
async function wholeLines(file: FileHandle, size: number): Promise<number> {
  const buffer = Buffer.alloc(Math.min(block, size))
  for (let end = size; end > 0; end -= buffer.length) {
    const from = Math.max(0, end - buffer.length)
    const { bytesRead } = await file.read(buffer, 0, end - from, from)
    const at = buffer.subarray(0, bytesRead).lastIndexOf(newline)
    if (at >= 0) return from + at + 1
  }
  return 0
}

/** Windows cannot open folders, and needs not. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r').catch(() => undefined)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

/** All of it: a short write is what comes before "no space left". */
export async function writeAll(file: Pick<FileHandle, 'write'>, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at, bytes.length - at)).bytesWritten
}
