/** Build step of the package: writes the generated modules beside the compiled ones. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkCatalog, entityTables, logTypes } from '@siembridge/catalog'
import { scannerModule } from './scanner.ts'

const problems = checkCatalog(logTypes, entityTables)
for (const { where, problem } of problems) process.stderr.write(`catalog: ${where}: ${problem}\n`)
if (problems.length > 0) process.exit(1)

const folder = fileURLToPath(new URL('../generated/', import.meta.url))
rmSync(folder, { recursive: true, force: true })
mkdirSync(`${folder}cef`, { recursive: true })
// The scanner first: what the generator shares with the runtime imports it.
writeFileSync(`${folder}scanner.js`, await scannerModule())
const { prepare } = await import('../interpret/prepared.ts')
const { generatedModules } = await import('./modules.ts')
for (const [name, code] of Object.entries(generatedModules(prepare(logTypes, entityTables))))
  writeFileSync(`${folder}${name}`, code)
