import { cryptography } from '../late.ts'
import { sha256 } from './sha256.ts'

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
export const bytesKey = (bytes: Uint8Array): string => hash(bytes, 'utf8')

function uuid(mode: TextMode, text: string): string {
  const hex = hash(text, mode)
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

type Crypto = ReturnType<typeof cryptography>

/** Bytes that are hashed without node:crypto: it takes as long to load. */
let patience = 1 << 14
let crypto: Crypto | undefined

function hash(data: string | Uint8Array, mode: TextMode): string {
  if (crypto !== undefined) return hashBy(crypto, data, mode)
  patience -= data.length
  if (patience > 0) return sha256(typeof data === 'string' ? Buffer.from(data, mode) : data)
  crypto = cryptography()
  return hashBy(crypto, data, mode)
}

function hashBy({ hash: oneShot, createHash }: Crypto, data: string | Uint8Array, mode: TextMode): string {
  // One call in place of three; Node has it from 20.12 on. It reads text as UTF-8, which is the same for ASCII.
  const whole = (oneShot as typeof oneShot | undefined) && (mode === 'utf8' || !/[^\0-\x7f]/.test(data as string))
  if (whole) return oneShot('sha256', data, 'hex')
  const bytes = typeof data === 'string' ? Buffer.from(data, mode) : data
  return createHash('sha256').update(bytes).digest('hex')
}
