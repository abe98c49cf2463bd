import type { Format } from '../formats.ts'

// QRadar cuts a TCP payload at 4,096 bytes unless told otherwise, syslog header included.
const defaultCaps: Readonly<Partial<Record<Format, number>>> = { cef: 8192, leef: 4000 }

/** Largest line of a format in bytes; 0 for no limit. */
export const capOf = (format: Format, maxBytes: number | undefined): number => maxBytes ?? defaultCaps[format] ?? 0
