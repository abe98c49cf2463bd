// Adds what is new in the catalog to the lock file of slots; what stands there stays. `npm run golden` calls it.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { currentLock } from '@siembridge/engine/lock'

const file = fileURLToPath(new URL('../packages/engine/src/slots.lock.json', import.meta.url))
const text = `${JSON.stringify(currentLock(), null, 1)}\n`
if (readFileSync(file, 'utf8') !== text) {
  writeFileSync(file, text)
  process.stderr.write('slots.lock.json: new slots were added; look at the difference, then build again\n')
}
