import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { fourRecords, lines, siembridge } from './run.ts'

/** The node that a shell outside this project would start. */
const node = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => folder !== '' && !folder.split(sep).includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .find((path) => existsSync(path))

const version = node === undefined ? '' : spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()
const is20 = version.startsWith('v20.')

test.skipIf(!is20)(
  `the built command converts on Node 20 as it does on this one${is20 ? '' : ` (needs Node 20 as the first node outside node_modules, which is ${version || 'none'})`}`,
  async () => {
    for (const to of ['cef', 'leef', 'raw+']) {
      const stdin = `${fourRecords.join('\n')}\n{'a':1}\n`
      const old = await siembridge(['convert', '--to', to], { stdin, execPath: node ?? '' })
      expect(old).toEqual(await siembridge(['convert', '--to', to], { stdin }))
      expect(lines(old.stdout)).toHaveLength(4)
    }
  },
)

test.skipIf(!is20)(
  `parsers for ArcSight are generated and verified on Node 20${is20 ? '' : ` (needs Node 20 as the first node outside node_modules, which is ${version || 'none'})`}`,
  async () => {
    const out = mkdtempSync(join(tmpdir(), 'siembridge-node20-'))
    try {
      const made = await siembridge(['generate', 'arcsight', '--out', out], { execPath: node ?? '' })
      expect(made).toMatchObject({ status: 0, stderr: '' })
      const stdin = `${fourRecords.join('\n')}\n`
      expect((await siembridge(['verify', 'arcsight', out], { stdin, execPath: node ?? '' })).stdout).toMatch(/ok\n$/)
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
  },
)

test.skipIf(!is20)('what needs a newer Node than 20 says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'siembridge-node20-'))
  try {
    const { status, stderr } = await siembridge(['generate', 'qradar', '--out', join(folder, 'out')], {
      execPath: node ?? '',
    })
    expect(stderr).toContain('NodeTooOld')
    expect(stderr).not.toContain('a fault in siembridge itself')
    expect(status).not.toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
