import { milliseconds } from '../duration.ts'
import type { Duration } from '../duration.ts'

type Body = Readonly<Record<string, unknown>>

/** A member that has to be text. */
export function textField(body: Body, name: string): string {
  const value = body[name]
  if (typeof value !== 'string') throw new RangeError(`"${name}" has to be text`)
  return value
}

/** A member that is text or missing. */
export function optionalText(body: Body, name: string): string | undefined {
  return body[name] === undefined ? undefined : textField(body, name)
}

/** A member that is a duration, in milliseconds; 0 when missing. A minus sign in front makes it negative. */
export function durationField(body: Body, name: string): number {
  const value = body[name] ?? 0
  if (typeof value === 'string' && value.startsWith('-')) return -milliseconds(value.slice(1))
  if (typeof value !== 'string' && typeof value !== 'number') throw new RangeError(`"${name}" has to be a duration`)
  return milliseconds(value satisfies Duration)
}
