import { gzipSync } from 'node:zlib'

export interface TarEntry {
  /** Path in the archive: ASCII, at most 100 characters. */
  readonly name: string
  readonly content: string
}

const block = 512

/** Header of POSIX.1-1988 ustar: a regular file of mode 0600. */
function header(name: string, size: number, seconds: number): Buffer {
  const head = Buffer.alloc(block)
  const octal = (value: number, at: number, length: number): void =>
    void head.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'ascii')
  head.write(name, 0, 100, 'ascii')
  octal(0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(seconds, 136, 12)
  head.write('        0', 148, 'ascii')
  head.write('ustar\x0000', 257, 'ascii')
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return head
}

/** A gzipped tar archive of texts. */
export function tarGz(entries: readonly TarEntry[], nowMs: number): Buffer {
  const parts = entries.flatMap(({ name, content }) => {
    const bytes = Buffer.from(content)
    const padding = Buffer.alloc((block - (bytes.length % block)) % block)
    return [header(name, bytes.length, Math.floor(nowMs / 1000)), bytes, padding]
  })
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * block)]))
}
