import { gzipSync } from 'node:zlib'
import { tarArchive, type TarEntry } from '@siembridge/formats'

/** Time of every file, seconds since 1970: 2026-01-01, for a package must not tell when it was made. */
const fixedTime = 1_767_225_600

/** The package as Splunk installs it. The same entries give the same bytes with the same Node. */
export function splArchive(entries: readonly TarEntry[]): Buffer {
  const packed = gzipSync(tarArchive(entries, fixedTime), { level: 9 })
  // RFC 1952: the system that wrote it, 255 for unknown.
  packed[9] = 255
  return packed
}
