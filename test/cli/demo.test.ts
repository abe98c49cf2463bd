import { expect, test } from 'vitest'
import { siembridge } from './run.ts'
import { samples } from '../samples.ts'

test('the demo sends every sample as CEF, LEEF and JSON, and nothing arrives changed', async () => {
  const { status, stdout, stderr } = await siembridge(['demo'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain(`${samples.length} made-up records`)
  for (const name of ['CEF', 'LEEF', 'JSON']) {
    const [, sent, arrived, fields] =
      new RegExp(
        `^${name} +over syslog to tcp://127\\.0\\.0\\.1:\\d+: (\\d+) events sent, (\\d+) arrived, (\\d+) fields compared.*: all equal$`,
        'm',
      ).exec(stdout) ?? []
    expect(arrived, name).toBe(sent)
    expect(Number(sent)).toBeGreaterThanOrEqual(samples.length)
    expect(Number(fields)).toBeGreaterThan(10 * Number(sent))
    expect(stdout).toContain(`As ${name} on the wire:\n<`)
  }
  expect(stdout).toContain('Every field arrived as it was sent.')
  expect(stdout).not.toContain('differ')
})
