import { createHash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'

/** Bytes that tell two files apart: an inode is used again, and a copy has another. */
const most = 1024

/** Which file it is. `hash` is of its first `length` bytes, decompressed. */
export interface Identity {
  readonly dev: number
  readonly ino: number
  readonly length: number
  readonly hash: string
}

export interface Member {
  readonly path: string
  readonly stats: Stats
}

export const isCompressed = (path: string): boolean => path.endsWith('.gz')

/** First bytes of a file, at most `length`. Rejects where it cannot be read, or is no gzip as its name says. */
async function head(path: string, length: number): Promise<Buffer> {
  if (isCompressed(path)) return headOf(createReadStream(path).pipe(createGunzip()), length)
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function headOf(stream: AsyncIterable<Buffer>, length: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let read = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    read += chunk.length
    if (read >= length) break
  }
  return Buffer.concat(chunks).subarray(0, length)
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 32)

export async function identify(path: string): Promise<Identity> {
  const [{ dev, ino }, bytes] = await Promise.all([stat(path), head(path, most)])
  return { dev, ino, length: bytes.length, hash: hashOf(bytes) }
}

/** Whether more bytes could tell more. */
export const isShort = ({ length }: Identity): boolean => length < most

/** Whether a path leads to what the file was when it was identified: it may have grown since. */
export async function isSame({ length, hash }: Identity, path: string): Promise<boolean> {
  const bytes = await head(path, Math.max(1, length)).catch(() => undefined)
  return bytes !== undefined && bytes.length >= length && hashOf(bytes.subarray(0, length)) === hash
}

/** The member that a file became: the same inode first, then a copy or its compressed form. */
export async function find(identity: Identity, members: readonly Member[]): Promise<Member | undefined> {
  const sameInode = ({ stats }: Member): boolean => stats.ino === identity.ino && stats.dev === identity.dev
  const candidates = [
    ...members.filter(sameInode),
    ...(identity.length > 0 ? members.filter((member) => !sameInode(member)) : []),
  ]
  for (const member of candidates) if (await isSame(identity, member.path)) return member
  return undefined
}
