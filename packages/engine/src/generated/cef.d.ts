import type { CallContext } from '../runtime/event.ts'

export type CefLine = (h: unknown, r: unknown, l: unknown, child: string, c: CallContext) => string

/** Each `cef/<log type>.cjs`, made by `generate/main.ts`: from the runtime to functions by the number of their candidate. */
export type CefPrinters = (runtime: object) => Readonly<Record<number, CefLine>>
