import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ownNetwork = ['-c', `exec unshare -n sh -c 'ip link set lo up && exec "$@"' sh "$@"`, 'sh']
const canUnshare = spawnSync('sh', [...ownNetwork, 'true']).status === 0
const needs = canUnshare ? '' : ' (needs unshare and ip, and the right to use them)'

test.skipIf(!canUnshare)(`a connection that dies without a sign is given up${needs}`, () => {
  const script = join(import.meta.dirname, '../testing/half-open.ts')
  const said = execFileSync('sh', [...ownNetwork, process.execPath, script], { encoding: 'utf8' })
  const { receipts, lines } = JSON.parse(said) as { receipts: unknown; lines: string[] }
  expect(receipts).toEqual([
    { all: 'delivered' },
    { all: 'retry', afterMs: 0, reason: expect.stringContaining('took nothing for 5 s') },
    { all: 'delivered' },
  ])
  // What the kernel still had to send arrives as well.
  expect([...new Set(lines)]).toEqual(['a', 'b'])
})
