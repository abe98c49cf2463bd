/**
 * The few things that the bridge asks of a file system. Everything durable goes through here, so that a test can record the
 * order of writes and syncs, cut the power between any two, or let the disk be full.
 */
export interface Disk {
  /** Opens for reading and writing; makes the file (mode 0600) where `create` says so. */
  open(path: string, create?: boolean): Promise<OpenFile>
  /** Whole content, or undefined where there is no such file. */
  read(path: string): Promise<Buffer | undefined>
  /** Names in a folder, sorted; none where there is no such folder. */
  list(path: string): Promise<string[]>
  /** Makes a folder and those above it (mode 0700). */
  makeFolder(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** No error where it is gone already. */
  remove(path: string): Promise<void>
  /** Makes names in a folder durable: after create, rename and remove. */
  syncFolder(path: string): Promise<void>
}

export interface OpenFile {
  /** May write less than it was given; answers how much. */
  write(bytes: Buffer, position: number): Promise<number>
  /** fdatasync: when it resolves, what was written before survives a power cut. */
  sync(): Promise<void>
  read(into: Buffer, position: number): Promise<number>
  /** The same without waiting, for look-ups of a few kilobytes. */
  readSync(into: Buffer, position: number): number
  truncate(length: number): Promise<void>
  size(): Promise<number>
  close(): Promise<void>
}

/** Writes all of it, in as many pieces as the file system takes. Throws ENOSPC where it takes nothing. */
export async function writeAll(file: OpenFile, bytes: Buffer, position: number): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    const took = await file.write(bytes.subarray(done), position + done)
    if (took === 0) throw Object.assign(new Error('the file system takes no more'), { code: 'ENOSPC' })
    done += took
  }
}

/** Puts a whole file in place: written aside, synced, renamed. Readers see the old one or the new one. */
export async function replaceFile(disk: Disk, folder: string, name: string, bytes: Buffer): Promise<void> {
  const aside = `${folder}/${name}.new`
  await disk.remove(aside)
  const file = await disk.open(aside, true)
  try {
    await writeAll(file, bytes, 0)
    await file.sync()
  } finally {
    await file.close()
  }
  await disk.rename(aside, `${folder}/${name}`)
  await disk.syncFolder(folder)
}
