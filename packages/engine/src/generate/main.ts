/** Build step of the package: writes the generated modules beside the compiled ones. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkCatalog, entityTables, logTypes } from '@siembridge/catalog'
import { prepare } from '../interpret/prepared.ts'
import { generatedModules } from './modules.ts'
import { scannerModule } from './scanner.ts'

const problems = checkCatalog(logTypes, entityTables)
for (const { where, problem } of problems) process.stderr.write(`catalog: ${where}: ${problem}\n`)
if (problems.length > 0) process.exit(1)

const folder = fileURLToPath(new URL('../generated/', import.meta.url))
rmSync(folder, { recursive: true, force: true })
mkdirSync(`${folder}cef`, { recursive: true })
for (const [name, code] of Object.entries(generatedModules(prepare(logTypes, entityTables))))
  writeFileSync(`${folder}${name}`, code)
writeFileSync(`${folder}scanner.js`, await scannerModule())
