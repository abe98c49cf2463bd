import { createRequire } from 'node:module'
import { extname } from 'node:path'
import type * as CefLine from './cef-line.ts'

const load = createRequire(import.meta.url)

/**
 * A line of CEF as a JSON record (`cefRecord` of @siembridge/formats says in which form); undefined where the line is something else.
 * The reader of CEF is loaded with the first line that may be some, and synchronously, as records are read.
 */
export function framedCef(line: Buffer): Buffer | undefined {
  if (!line.includes('CEF') || !line.includes('|')) return undefined
  return (load(`./cef-line${extname(import.meta.url)}`) as typeof CefLine).readCefLine(line)
}
