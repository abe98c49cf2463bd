import { type FormatProblem, problemAt } from '../problem.ts'
import { block, fields, type TarEntry, typeOf } from './entry.ts'

/** An entry as it stands in an archive, with what the writer fixes. */
export interface ReadTarEntry extends TarEntry {
  readonly uid: number
  readonly gid: number
  /** Seconds since 1970. */
  readonly mtime: number
}

const kinds = new Map<string, TarEntry['is']>([
  [typeOf.file, 'file'],
  ['\0', 'file'],
  [typeOf.symlink, 'symlink'],
  [typeOf.directory, 'directory'],
])

/** Reads a ustar archive. Refuses broken headers, other kinds of entries, paths that leave the archive, and a missing end. */
export function readTar(bytes: Uint8Array): ReadTarEntry[] | FormatProblem {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: ReadTarEntry[] = []
  let at = 0
  for (;;) {
    const header = archive.subarray(at, at + block)
    if (header.length < block) return problemAt(at, 'the archive ends without its end')
    if (header.every((byte) => byte === 0)) return entries
    const entry = readHeader(header)
    if (typeof entry === 'string') return problemAt(at, entry)
    const end = at + block + entry.size
    if (end > archive.length) return problemAt(at, `${entry.path} is cut off`)
    const { size, ...rest } = entry
    entries.push({ ...rest, ...(entry.is === 'file' && { content: archive.subarray(at + block, end) }) })
    at += block + Math.ceil(size / block) * block
  }
}

function readHeader(header: Buffer): (ReadTarEntry & { size: number }) | string {
  const text = (field: keyof typeof fields): string => {
    const [from, length] = fields[field]
    const raw = header.subarray(from, from + length)
    const end = raw.indexOf(0)
    return raw.subarray(0, end < 0 ? length : end).toString('utf8')
  }
  const octal = (field: keyof typeof fields): number => Number.parseInt(text(field).trim() || '0', 8)
  if (!text('magic').startsWith('ustar')) return 'not a ustar header'
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  if (sum !== octal('checksum')) return 'the checksum of the header is wrong'
  const is = kinds.get(String.fromCharCode(header[fields.type[0]] ?? 0))
  if (!is) return `an entry of kind ${JSON.stringify(text('type'))}`
  const path = [text('prefix'), text('name')]
    .filter((part) => part !== '')
    .join('/')
    .replace(/\/+$/, '')
  if (path === '' || path.startsWith('/') || path.split('/').includes('..'))
    return `a path that leaves the archive: ${path}`
  return {
    path,
    is,
    mode: octal('mode'),
    uid: octal('uid'),
    gid: octal('gid'),
    mtime: octal('mtime'),
    size: octal('size'),
    ...(is === 'symlink' && { target: text('link') }),
  }
}
