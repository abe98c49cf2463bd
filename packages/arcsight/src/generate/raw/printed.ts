import type { PlannedToken } from '../column.ts'

/** A catalog's expression as FlexConnector writes it. */
export interface Printed {
  readonly expression: string
  readonly tokens: readonly PlannedToken[]
  /** Set where some of it cannot be written: values may be missing, never wrong. */
  readonly partly?: string
}

/** Thrown where an expression has no equal; its message is the reason. */
export class Inexpressible extends Error {}

export const withTokens = (expression: string, parts: readonly Printed[]): Printed => {
  const partly = parts.find((part) => part.partly !== undefined)?.partly
  return { expression, tokens: parts.flatMap(({ tokens }) => tokens), ...(partly !== undefined && { partly }) }
}

/** `then` where the value is there, else nothing: an absent value equals an empty argument. */
export const whereSet = (value: Printed, then: Printed): Printed =>
  withTokens(`__ifThenElse(${value.expression},,,${then.expression})`, [value, then])

export const oneOf = (...parts: readonly Printed[]): Printed =>
  parts.length === 1 ? (parts[0] as Printed) : withTokens(`__oneOf(${parts.map((p) => p.expression).join(',')})`, parts)
