#!/usr/bin/env node
// CommonJS (see package.json beside it), like what it loads: Node starts that sooner.
'use strict'
const { existsSync } = require('node:fs')
const path = require('node:path')

const main = path.join(__dirname, '../dist/bundle/main.js')
if (existsSync(main)) {
  // Compiled code is kept between runs, in the folder for temporary files, where Node can (22.8 and later).
  require('node:module').enableCompileCache?.()
  require(main).start()
} else {
  process.stderr.write('siembridge: not built yet. Run `npm run build` in the folder of the project, then try again.\n')
  process.exitCode = 78
}
