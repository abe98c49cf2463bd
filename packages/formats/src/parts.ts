/** What puts a line together out of parts, in a module of its own: whoever prints lines need not load what reads them. */
export { cefHeader, cefValue } from './cef/escape.ts'
export { cefHeaderMax } from './cef/keys.ts'
export { cutValue } from './cef/cut.ts'
export { shrinkCef } from './cef/shrink.ts'
export { byteLength } from './text-mode.ts'
export type { TextMode } from './text-mode.ts'
