#!/usr/bin/env node
import { existsSync } from 'node:fs'
import * as module from 'node:module'

const main = new URL('../dist/bundle/main.js', import.meta.url)
if (existsSync(main)) {
  // Compiled code is kept between runs where Node can (22.8 and later): a short command spends most of its time there.
  module.enableCompileCache?.()
  await import(main.href)
} else {
  process.stderr.write('siembridge: not built yet. Run `npm run build` in the folder of the project, then try again.\n')
  process.exitCode = 78
}
