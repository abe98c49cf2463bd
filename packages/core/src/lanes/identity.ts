import { hash } from 'node:crypto'

const digest = (text: string): string => Buffer.from(hash('sha256', text, 'hex').slice(0, 32), 'hex').toString('latin1')

/** A UUID as 16 bytes in latin1. */
export const uuidKey = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('latin1')

/** Key of a record of a type whose id is not unique by contract: the bytes must be the same too. */
export const contentKey = (uuid: string, bytes: Buffer): string =>
  digest(`content\0${uuid}\0${hash('sha256', bytes, 'hex')}`)

/** Key of a record of a lane whose positions are identities: its number in the lane. */
export function ordinalKey(ordinal: number): string {
  const key = Buffer.alloc(16)
  key.writeUIntBE(ordinal, 10, 6)
  return key.toString('latin1')
}

export const markKey = (mark: string): string => digest(`mark\0${mark}`)

/** Key under which an object's significant content is remembered. */
export const objectKey = (objectId: string): string => digest(`object\0${objectId}`)

/** Eight bytes that stand for the significant content of an object. */
export const significantValue = (text: string): string => digest(`significant\0${text}`).slice(0, 8)
