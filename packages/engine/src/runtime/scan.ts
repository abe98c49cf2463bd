import { isUtf8 } from 'node:buffer'
import { maySign } from '../values/signatures.ts'
import { hasOddNumber, mayNestDeep } from './fallback.ts'
import { maxDepth } from '../json/parse.ts'
import { scanner } from '../generated/scanner.js'

/** What is known of a record's bytes before they are parsed: one bit each, the same as in `scanner/scan.ts`. */
export const found = {
  notUtf8: 1,
  unicodeEscape: 2,
  maySign: 4,
  oddNumber: 8,
  deep: 16,
  equals: 32,
  quoted: 64,
  hard: 128,
  beyondAscii: 256,
} as const

/** Bits of what a record holds. */
export type Scan = (bytes: Buffer) => number

/** The part of WebAssembly that is used; Node's types leave it to those of browsers. */
interface Wasm {
  readonly Module: new (code: Buffer) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly scan: (length: number, openings: number) => number
}

const start = 64
// What stands behind the record in the scanner's memory.
const behind = 64

/** WebAssembly where there is any; it looks at everything in one pass, sixteen bytes at a time. */
export function scanOf(): Scan {
  try {
    const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly
    const { memory, scan } = new Instance(new Module(Buffer.from(scanner, 'base64'))).exports as Exports
    const room = new Uint8Array(memory.buffer)
    return (bytes) => {
      if (bytes.length > room.length - start - behind) return slowScan(bytes)
      room.set(bytes, start)
      return scan(bytes.length, maxDepth)
    }
  } catch {
    return slowScan
  }
}

/** The same in JavaScript, but for the last four, which it does not rule out. */
export function slowScan(bytes: Buffer): number {
  if (!isUtf8(bytes)) return found.notUtf8
  const text = bytes.toString('latin1')
  const escape = text.includes('\\u') ? found.unicodeEscape : 0
  const number = hasOddNumber(text) ? found.oddNumber : 0
  return (
    found.equals |
    found.quoted |
    found.hard |
    found.beyondAscii |
    escape |
    number |
    (maySign(text) ? found.maySign : 0) |
    (mayNestDeep(text) ? found.deep : 0)
  )
}
