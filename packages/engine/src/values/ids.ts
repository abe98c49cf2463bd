import * as crypto from 'node:crypto'

const { createHash } = crypto
// One call in place of three; Node has it from 20.12 on. It reads text as UTF-8, which is the same for ASCII.
const oneShot = crypto.hash as typeof crypto.hash | undefined

/** How the characters of a text stand for bytes: `latin1` where the text holds UTF-8 bytes, one a character. */
export type TextMode = 'utf8' | 'latin1'

/**
 * Event id: the first 128 bits of SHA-256 over the parts `sb1`, key space, tenant (ASCII lower case), key parts, revision
 * and child, joined by NUL, as a UUID. It names the record wherever it comes from, so no door and no configured name is in
 * it. Vectors that pin it are in `ids.test.ts`.
 */
export function eventId(
  mode: TextMode,
  space: string,
  tenant: string,
  key: string,
  revision: string,
  child: string,
): string {
  return uuid(mode, 'sb1\0' + space + '\0' + tenant + '\0' + key + '\0' + revision + '\0' + child)
}

/** Object id: the same over kind and native id, without revision: the key of tickets, sync and correlation. */
export const objectId = (mode: TextMode, kind: string, id: string): string => uuid(mode, `sb1\0${kind}\0${id}`)

/** Hash of a record that has no id of its own: its bytes name it. */
export const bytesKey = (bytes: Uint8Array): string =>
  oneShot ? oneShot('sha256', bytes, 'hex') : createHash('sha256').update(bytes).digest('hex')

function uuid(mode: TextMode, text: string): string {
  const simple = oneShot && (mode === 'utf8' || !/[^\0-\x7f]/.test(text))
  const hex = simple ? oneShot('sha256', text, 'hex') : createHash('sha256').update(text, mode).digest('hex')
  return (
    hex.slice(0, 8) +
    '-' +
    hex.slice(8, 12) +
    '-' +
    hex.slice(12, 16) +
    '-' +
    hex.slice(16, 20) +
    '-' +
    hex.slice(20, 32)
  )
}
