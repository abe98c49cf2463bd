import { block, fields, type TarEntry, typeOf } from './entry.ts'

/**
 * A ustar archive that says nothing of the machine that made it: owner and group are 0, all times are `mtime` (seconds since
 * 1970), and entries stand in the order given. The same entries give the same bytes.
 *
 * @throws RangeError for a path that ustar cannot hold
 */
export function tarArchive(entries: readonly TarEntry[], mtime: number): Buffer {
  const parts = entries.flatMap((entry) => {
    const content = Buffer.from(entry.content ?? '')
    return [header(entry, content.length, mtime), content, Buffer.alloc((block - (content.length % block)) % block)]
  })
  return Buffer.concat([...parts, Buffer.alloc(2 * block)])
}

function header(entry: TarEntry, size: number, mtime: number): Buffer {
  const bytes = Buffer.alloc(block)
  const put = (field: keyof typeof fields, text: string): void => {
    const [at, length] = fields[field]
    if (Buffer.byteLength(text) > length) throw new RangeError(`ustar has no room for ${field} ${text}`)
    bytes.write(text, at)
  }
  const octal = (field: 'mode' | 'uid' | 'gid' | 'size' | 'mtime', value: number): void =>
    put(field, `${value.toString(8).padStart(fields[field][1] - 1, '0')}\0`)
  const [prefix, name] = split(entry.is === 'directory' ? `${entry.path}/` : entry.path)
  put('name', name)
  put('prefix', prefix)
  octal('mode', entry.mode)
  octal('uid', 0)
  octal('gid', 0)
  octal('size', size)
  octal('mtime', mtime)
  put('type', typeOf[entry.is])
  put('link', entry.target ?? '')
  put('magic', 'ustar\u000000')
  put('checksum', ' '.repeat(8))
  put(
    'checksum',
    `${bytes
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
  )
  return bytes
}

/** A name of up to 100 bytes, and before it a prefix of up to 155. */
function split(path: string): readonly [prefix: string, name: string] {
  const [, longest] = fields.name
  if (Buffer.byteLength(path) <= longest) return ['', path]
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1))
    if (Buffer.byteLength(path.slice(at + 1)) <= longest) return [path.slice(0, at), path.slice(at + 1)]
  throw new RangeError(`ustar has no room for the path ${path}`)
}
