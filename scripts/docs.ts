// Rewrites the generated pages of docs/ from the catalog, the engine and the error table: `npm run docs`.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pages } from './docs/pages.ts'

const folder = fileURLToPath(new URL('../docs/', import.meta.url))
const written = await pages()

// The folder log-types holds generated pages only: one of a service that is gone goes too.
const perService = join(folder, 'log-types')
const old = existsSync(perService) ? readdirSync(perService) : []
for (const name of old) if (!written.has(`log-types/${name}`)) rmSync(join(perService, name))

for (const [name, text] of written) {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}
process.stderr.write(`docs: ${written.size} pages\n`)
