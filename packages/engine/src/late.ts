/**
 * What most runs never need is loaded when it is first asked for, and synchronously, for records are converted synchronously:
 * reading and compiling it would take a short run longer than all of its records.
 */
import { createRequire } from 'node:module'
import type * as Crypto from 'node:crypto'
import type { CefPrinters } from './generated/cef.js'
import type * as Interpreting from './interpreter.ts'

const load = createRequire(import.meta.url)

/** The catalog and what works on it directly: the interpreter, filters, and the dialects that print views. */
export const interpreter = (): typeof Interpreting => load('./interpreter.js') as typeof Interpreting

/** The functions that print CEF of one log type. */
export const cefPrinters = (type: string): CefPrinters => load(`./generated/cef/${type}.cjs`) as CefPrinters

export const cryptography = (): typeof Crypto => load('node:crypto') as typeof Crypto
