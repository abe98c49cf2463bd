/** Conversions that take an absent text: what they are asked for need then not be looked at before. */
import { addressOf, portOf } from '../values/address.ts'
import { booleanOf, floatOf, longOf } from '../values/scalar.ts'
import { msOf, timeIso } from '../values/time.ts'

type Text = string | undefined

export const ipAt = (text: Text): Text => (text === undefined ? undefined : addressOf(text))
export const portAt = (text: Text): Text => (text === undefined ? undefined : portOf(text))
export const longAt = (text: Text): Text => (text === undefined ? undefined : longOf(text))
export const floatAt = (text: Text): Text => (text === undefined ? undefined : floatOf(text))
export const booleanAt = (text: Text): Text => (text === undefined ? undefined : booleanOf(text))
export const timeAt = (text: Text): Text => (text === undefined ? undefined : timeIso(text))
export const msAt = (text: Text): Text => (text === undefined ? undefined : msOf(text))
