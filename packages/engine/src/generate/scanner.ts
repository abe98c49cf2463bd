import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../scanner/', import.meta.url))
const options = [
  '-O3',
  '--runtime',
  'stub',
  '--noAssert',
  '--enable',
  'simd',
  '--initialMemory',
  '35',
  '--maximumMemory',
  '35',
]

/** The scanner, compiled from AssemblyScript, as a module that needs no file beside it. */
export async function scannerModule(): Promise<string> {
  const { main } = await import('assemblyscript/asc')
  let code: Uint8Array | undefined
  const { error } = await main(['scan.ts', 'read.ts', ...options, '--outFile', 'scan.wasm'], {
    readFile: (name) => (/^\w+\.ts$/.test(name) ? readFileSync(`${folder}${name}`, 'utf8') : null),
    writeFile: (_, contents) => void (code = contents as Uint8Array),
  })
  if (error || !code) throw new Error(`the scanner does not compile: ${error?.message ?? 'no code came out'}`)
  return `// Made from scanner/.\nexport const scanner = '${Buffer.from(code).toString('base64')}'\n`
}
