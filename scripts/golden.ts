// Rewrites everything that is generated and committed: the lock file of slots, the golden files, the pages of docs/.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { writeArcsightGoldens } from '../test/arcsight/golden.ts'
import { writeGoldens } from '../test/golden/golden.ts'
import { writeSplunkGoldens } from '../test/splunk/golden.ts'
import { writeQradarGoldens } from '../test/golden/qradar.ts'

const run = (script: string): void =>
  void execFileSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url))], { stdio: 'inherit' })

run('lock.ts')
await writeGoldens()
writeArcsightGoldens()
writeSplunkGoldens()
writeQradarGoldens()
run('docs.ts')
