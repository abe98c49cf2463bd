import { isUtf8 } from 'node:buffer'
import { maySign } from '../values/signatures.ts'
import { hasOddNumber, mayNestDeep } from './fallback.ts'
import { maxDepth } from '../json/parse.ts'
import { readNamed } from './names.ts'
import { places } from './places.ts'
import { scannerOf } from './scanner.ts'

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

/** WebAssembly where there is any; it looks at everything in one pass, sixteen bytes at a time. */
export function scanOf(): Scan {
  const scanner = scannerOf()
  if (!scanner) return slowScan
  return (bytes) => {
    if (bytes.length > places.longest) return slowScan(bytes)
    scanner.bytes.set(bytes, places.record)
    return scanner.scan(bytes.length, maxDepth)
  }
}

/** As `scan` with the record laid out for `opened`, or -1 for a record that has to be scanned and parsed. */
export function readOf(): Scan {
  const scanner = scannerOf()
  if (!scanner) return () => -1
  return (bytes) => {
    if (bytes.length > places.longest) return -1
    scanner.bytes.set(bytes, places.record)
    return readNamed(scanner, bytes.length)
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
