import { constants, readSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import type { Disk, OpenFile } from './disk.ts'

/** ENOTDIR: a file stands where a folder of the path would have to be. */
const absent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

/** The machine's file system. */
export const nodeDisk: Disk = {
  async open(path, create = false) {
    return fileOf(await open(path, constants.O_RDWR | (create ? constants.O_CREAT : 0), 0o600))
  },
  async read(path) {
    try {
      return await readFile(path)
    } catch (error) {
      if (absent(error)) return undefined
      throw error
    }
  },
  async list(path) {
    try {
      return (await readdir(path)).toSorted()
    } catch (error) {
      if (absent(error)) return []
      throw error
    }
  },
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 })
  },
  rename,
  async remove(path) {
    try {
      await unlink(path)
    } catch (error) {
      if (!absent(error)) throw error
    }
  },
  async syncFolder(path) {
    // Windows has no handle for a folder and makes names durable by itself.
    if (process.platform === 'win32') return
    const folder = await open(path, constants.O_RDONLY)
    try {
      await folder.sync()
    } finally {
      await folder.close()
    }
  },
}

function fileOf(handle: FileHandle): OpenFile {
  return {
    write: async (bytes, position) => (await handle.write(bytes, 0, bytes.length, position)).bytesWritten,
    sync: () => handle.datasync(),
    read: async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
    readSync: (into, position) => readSync(handle.fd, into, 0, into.length, position),
    truncate: (length) => handle.truncate(length),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  }
}
