import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lines, siembridge } from '../cli/run.ts'
import { samples } from '../samples.ts'
import { hasLognormalizer, hasRsyslog, ours, theirs } from './lognormalizer.ts'
import { startRsyslog } from './rsyslog.ts'

/** The catalog's samples, and the files of a folder that SIEMBRIDGE_SAMPLES names. */
const inputs: [name: string, records: string][] = [
  ['the samples of the catalog', samples.map((s) => s.bytes.toString('utf8')).join('\n')],
]
const folder = process.env['SIEMBRIDGE_SAMPLES']
if (folder)
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.ndjson')))
    inputs.push([basename(name), readFileSync(join(folder, name), 'utf8')])

const suite = hasRsyslog ? 'rsyslog' : 'rsyslog (needs rsyslogd, of the Debian package rsyslog)'

describe.skipIf(!hasRsyslog)(suite, () => {
  test.for(inputs)(
    '%s: each event arrives once and in order, and what rsyslog wrote has the same fields',
    async ([, stdin]) => {
      // The header of 32 bytes counts towards the 8192 of a message.
      const wanted = lines((await siembridge(['convert', '--to', 'cef', '--max-bytes', '8160'], { stdin })).stdout)
      await using rsyslog = await startRsyslog()
      const { status, stderr } = await siembridge(
        ['convert', '--to', 'cef', '--send', `tcp://127.0.0.1:${rsyslog.port}`],
        { stdin },
      )
      expect(status, stderr).toBe(0)
      const written = await rsyslog.written(wanted.length)
      const bodies = written.map((line) => line.slice(line.indexOf('CEF:')))
      expect(bodies).toEqual(wanted)
      expect(bodies.map(ours)).toEqual(wanted.map(ours))
      if (hasLognormalizer) expect(theirs(bodies)).toEqual(wanted.map(ours))
      for (const [i, line] of written.entries())
        expect(line).toMatch(
          new RegExp(`^siembridge 16 ${syslogSeverity(Number(ours(wanted[i] ?? '').header[5]))} CEF:`),
        )
    },
  )
})

const syslogSeverity = (cef: number): number => (cef >= 9 ? 2 : cef >= 7 ? 3 : cef >= 4 ? 4 : 6)
