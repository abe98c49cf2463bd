import type { Prepared } from '../interpret/prepared.ts'
import type { CallContext } from './event.ts'
import { found } from './scan.ts'

/** A context for calls of generated code: one for a caller's lifetime, changed for each record. */
export function freshContext(cap: number, prepared: Pick<Prepared, 'derived' | 'related'>): CallContext {
  return {
    mode: 'utf8',
    hashMode: 'utf8',
    width: 3,
    clean: false,
    hard: true,
    quoted: true,
    equals: true,
    bytes: Buffer.alloc(0),
    tenant: '',
    keys: { low: 0, high: 0, key: '', before: undefined, passed: [] },
    primary: undefined,
    severity: 'low',
    time: undefined,
    cap,
    prepared,
  }
}

/** What plain objects cannot do justice to. */
export const unfit = found.notUtf8 | found.maySign | found.oddNumber | found.deep

/**
 * Takes in what the scan found. UTF-8 bytes may stand in a string one a character, for nothing looks beyond ASCII, as long as no
 * `\u` escape mixes characters in: that halves the memory and saves decoding and encoding.
 */
export function readContext(context: CallContext, bits: number, bytes: Buffer, tenant = ''): void {
  const mode = (bits & found.unicodeEscape) === 0 ? 'latin1' : 'utf8'
  context.mode = mode
  context.hashMode = (bits & found.beyondAscii) === 0 ? 'utf8' : mode
  context.width = mode === 'latin1' ? 1 : 3
  context.clean = (bits & (found.hard | found.quoted | found.equals)) === 0
  context.hard = (bits & found.hard) !== 0
  context.quoted = (bits & found.quoted) !== 0
  context.equals = (bits & found.equals) !== 0
  context.bytes = bytes
  context.tenant = tenant
}
