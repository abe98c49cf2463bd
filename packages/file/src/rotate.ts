import { createReadStream, createWriteStream } from 'node:fs'
import { open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { syncFolder } from './append.ts'
import type { FileTargetOptions } from './target-options.ts'

const stamp = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:]/g, '').replace('.', '')

/** Name of a rotated file: the time of rotation behind it, `events.ndjson.20260102T030405678Z`, so that names sort by age. */
const rotatedForm = /^\.\d{8}T\d{9}Z(\.gz)?$/

/** Moves the file out of the way. */
export async function rotate(path: string, now: number): Promise<void> {
  let at = now
  while (await exists(`${path}.${stamp(at)}`)) at++
  await rename(path, `${path}.${stamp(at)}`)
  await syncFolder(path)
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Rotated files, the oldest first. */
async function rotated(path: string): Promise<string[]> {
  const name = basename(path)
  const names = await readdir(dirname(path))
  const ours = names.filter((other) => other.startsWith(name) && rotatedForm.test(other.slice(name.length)))
  return ours.toSorted().map((other) => join(dirname(path), other))
}

/** Compresses rotated files and removes those that are too many or too old. What a crash left is done again. */
export async function tidy(path: string, options: FileTargetOptions, now: number): Promise<void> {
  const files = await rotated(path)
  const tooMany = options.keep_files === undefined ? 0 : files.length - options.keep_files
  for (const [at, file] of files.entries()) {
    if (at < tooMany || (await isOlder(file, options.keep_for, now))) await rm(file, { force: true })
    else if (options.gzip && !file.endsWith('.gz')) await compress(file, options.mode)
  }
}

async function isOlder(file: string, limitMs: number | undefined, now: number): Promise<boolean> {
  return limitMs !== undefined && now - (await stat(file)).mtimeMs > limitMs
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.datasync()
  } finally {
    await file.close()
  }
}

async function compress(file: string, mode: number): Promise<void> {
  const part = `${file}.gz.part`
  const { atime, mtime } = await stat(file)
  await pipeline(createReadStream(file), createGzip({ level: 6 }), createWriteStream(part, { mode }))
  await syncFile(part)
  await utimes(part, atime, mtime)
  await rename(part, `${file}.gz`)
  await syncFolder(file)
  await rm(file)
}
