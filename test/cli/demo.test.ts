import { expect, test } from 'vitest'
import { lines, siembridge } from './run.ts'

interface Told {
  readonly ok: boolean
  readonly kills: readonly unknown[]
  readonly tickets: { readonly alerts: number; readonly tickets: number; readonly cut: number }
  readonly targets: readonly { readonly lost: number; readonly doubled: number; readonly delivered: number }[]
}

test('the demo kills the agent again and again; nothing is lost, nothing doubled, and the last line says so', async () => {
  const { status, stdout, stderr } = await siembridge(['demo', '--json', '--seed', '3'])
  const told = JSON.parse(lines(stdout).at(-1) ?? '') as Told
  expect({ status, ok: told.ok }, stderr.slice(-2000)).toEqual({ status: 0, ok: true })
  expect(told.kills.length).toBeGreaterThanOrEqual(5)
  expect(told.targets).toHaveLength(4)
  for (const { lost, doubled, delivered } of told.targets) {
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 })
    expect(delivered).toBeGreaterThanOrEqual(10_000)
  }
  // Each alert has one ticket, although writes were cut off after they had taken effect.
  expect(told.tickets.tickets).toBe(told.tickets.alerts)
  expect(told.tickets.alerts).toBeGreaterThan(100)
  expect(told.tickets.cut).toBeGreaterThan(0)
}, 300_000)
