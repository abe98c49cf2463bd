import { literal, part, table } from '../../src/build.ts'
import type { Expr } from '../../src/model.ts'

/** Column of a flow tuple, which is text with commas; empty columns are absent. */
export const column = (index: number): Expr => part('.', ',', index)

export const direction = (index: number): Expr => table(column(index), { I: 'inbound', O: 'outbound' })

/** State of a flow; version 1 of the tuples has none. */
export const state = (index: number): Expr => table(column(index), { B: 'begin', C: 'continue', E: 'end', D: 'denied' })

/** A denied flow is low: thousands of them are the everyday of an open port. */
export const flowSeverity = (decision: Expr): Expr => table(decision, { deny: 'low' }, literal('informational'))

export const flowFields: Readonly<Record<string, Expr>> = {
  'event.kind': literal('event'),
  'event.category': literal('network'),
}
