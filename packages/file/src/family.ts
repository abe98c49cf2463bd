import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * What rotation puts behind a name: `.1`, `-20260102`, `-20260102-1767312000` and `.20260102T030405678Z`, and `.gz` behind that
 * (logrotate(8): numbers, dateext, dateformat).
 */
const rotation = /(?:\.\d{1,4}|[-.]\d{8}(?:[-T]?\d{1,10}Z?)?)?(?:\.gz)?$/

/** The path that a file had before it was rotated; its own where it was not. */
export function baseOf(path: string): string {
  const name = basename(path)
  const base = name.replace(rotation, '')
  return base === '' ? path : join(dirname(path), base)
}

/** Files of the same name before rotation, itself included. */
export async function familyOf(base: string): Promise<string[]> {
  const folder = dirname(base)
  const names = await readdir(folder).catch(() => [])
  return names.map((name) => join(folder, name)).filter((path) => path === base || baseOf(path) === base)
}
