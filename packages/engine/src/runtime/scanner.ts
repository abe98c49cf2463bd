import { scanner } from '../generated/scanner.js'

/** The part of WebAssembly that is used; Node's types leave it to those of browsers. */
interface Wasm {
  readonly Module: new (code: Buffer) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly scan: (length: number, openings: number) => number
  readonly read: (length: number) => number
}

/** The compiled scanner and its memory, as bytes and as numbers. */
export interface Scanner extends Exports {
  readonly bytes: Buffer
  readonly cells: Int32Array<ArrayBuffer>
}

let made: Scanner | null | undefined

/** One for all engines: none keeps anything of a record behind the call. null where WebAssembly is off. */
export function scannerOf(): Scanner | null {
  made ??= make()
  return made
}

function make(): Scanner | null {
  try {
    const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly
    const { memory, scan, read } = new Instance(new Module(Buffer.from(scanner, 'base64'))).exports as Exports
    return { memory, scan, read, bytes: Buffer.from(memory.buffer), cells: new Int32Array(memory.buffer) }
  } catch {
    return null
  }
}
