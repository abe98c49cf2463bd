/** One entry of an archive. Paths use `/`, without one at the end. */
export interface TarEntry {
  readonly path: string
  readonly is: 'file' | 'directory' | 'symlink'
  /** Permission bits: 0o644. */
  readonly mode: number
  readonly content?: Uint8Array
  /** Of a symbolic link. */
  readonly target?: string
}

export const block = 512

/** Where the numbers and texts of a ustar header stand: offset and length in bytes (POSIX.1-1988, pax(1)). */
export const fields = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  link: [157, 100],
  magic: [257, 8],
  owner: [265, 32],
  group: [297, 32],
  prefix: [345, 155],
} as const

export const typeOf = { file: '0', symlink: '2', directory: '5' } as const
