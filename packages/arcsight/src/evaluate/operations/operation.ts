import type { ValueType } from '../../schema/fields.ts'
import type { Value } from '../value.ts'

/** What an operation says besides its result. */
export interface Notes {
  /** The result depends on what the vendor's documents leave open. */
  ambiguous(text: string): void
}

/** One operation of FlexConnector's mapping expressions. */
export interface Operation {
  readonly args: readonly [least: number, most: number]
  /** Type of the result; `branches`: that of the arguments from `from` on. */
  readonly gives: ValueType | { readonly from: number }
  /** Place of an argument that is a regular expression. */
  readonly pattern?: number
  /** Undefined where only its name is known: what it gives cannot be told. */
  readonly run?: (args: readonly (Value | null)[], notes: Notes) => Value | null
}

export type Operations = Readonly<Record<string, Operation>>

export const any = Number.MAX_SAFE_INTEGER

/** Text of an argument; "" where there is none. */
export const textOf = (value: Value | null | undefined): string => value?.text ?? ''
