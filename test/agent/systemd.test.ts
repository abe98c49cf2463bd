import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const units = fileURLToPath(new URL('../../distribution/systemd/', import.meta.url))
const missing = spawnSync('systemd-analyze', ['--version']).status !== 0
const suite = missing ? describe.skip : describe

suite(`systemd units${missing ? ' (skipped: there is no systemd-analyze)' : ''}`, () => {
  test.for([false, true])('are what systemd understands, hardened: %s', (hardened) => {
    const folder = mkdtempSync(join(tmpdir(), 'siembridge-units-'))
    try {
      // The command need not be installed to look at the unit.
      const unit = readFileSync(join(units, 'siembridge.service'), 'utf8').replaceAll('/usr/bin/siembridge', '/bin/sh')
      writeFileSync(join(folder, 'siembridge.service'), unit)
      if (hardened) {
        mkdirSync(join(folder, 'siembridge.service.d'))
        copyFileSync(
          join(units, 'siembridge.service.d/hardening.conf'),
          join(folder, 'siembridge.service.d/hardening.conf'),
        )
      }
      const env = { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` }
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', join(folder, 'siembridge.service')], {
        env,
        encoding: 'utf8',
      })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
