import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { told } from '../cli/run.ts'
import { fileToFile, numbersIn, riskyUsers, Site, until } from './agent-process.ts'

describe('one agent for each state directory', () => {
  test('a second one is refused with the process of the first, which is not disturbed', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 10) })
    const first = await site.agent()
    const second = await site.run(['run'])
    expect(second.status).toBe(78)
    expect(second.stderr).toMatch(told('AgentRunning'))
    expect(second.stderr).toContain(`process ${first.child.pid}`)
    await until(() => site.events().length >= 10)
    expect(await first.end()).toBe(0)
  })

  test('of many that start at once on the state of a killed one, one runs', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 10) })
    await (await site.agent()).end('SIGKILL')
    const starters = Array.from({ length: 6 }, () => site.start(['run']))
    const refused = starters.map(async ({ ended }) => ended)
    let ended = 0
    for (const one of refused) void one.then(() => ended++)
    await until(() => ended === 5)
    const winner = starters.find(({ child }) => child.exitCode === null)
    await until(() => site.events().length >= 10)
    await winner?.end()
    expect((await Promise.all(refused)).toSorted()).toEqual([0, 78, 78, 78, 78, 78])
    expect(numbersIn(site.events())).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})

describe('the form of the state directory', () => {
  test('a newer one is refused and untouched', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 1) })
    mkdirSync(join(site.path, 'siembridge-state'), { mode: 0o700 })
    site.write('siembridge-state/version.json', '{"version":99}')
    const { status, stderr } = await site.run(['run', '--once'])
    expect(status).toBe(78)
    expect(stderr).toMatch(told('StateNewer'))
    expect([...site.modes('siembridge-state').keys()]).toEqual(['version.json'])
    expect(site.events()).toEqual([])
  })

  test('an older one is migrated after a backup, and its positions count', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 3) })
    // A position as the source keeps it: what it makes of the first three records.
    expect(await site.run(['run', '--once'])).toMatchObject({ status: 0 })
    const exported = JSON.parse((await site.run(['checkpoint', 'export'])).stdout) as {
      positions: { source: string; stream: string; position: string }[]
    }
    const [lane] = exported.positions
    site.append('in.ndjson', riskyUsers(3, 5))
    const old = { [`${lane?.source}/${lane?.stream}`]: lane?.position }
    site.write('siembridge.yaml', `${fileToFile}state: old\n`)
    mkdirSync(join(site.path, 'old'))
    site.write('old/positions.json', JSON.stringify(old))
    const { status, stderr } = await site.run(['run', '--once'])
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('was of form 0') })
    expect(numbersIn(site.events())).toEqual([0, 1, 2, 3, 4])
    const kept = [...site.modes('old').keys()]
    expect(kept).toContain('version.json')
    expect(kept.find((name) => /^backup-0-.*positions\.json$/.test(name))).toBeDefined()
  })

  test('a version file that is damaged is refused, with what to do', async () => {
    await using site = new Site(fileToFile)
    mkdirSync(join(site.path, 'siembridge-state'))
    site.write('siembridge-state/version.json', '{"version"')
    const { status, stderr } = await site.run(['run', '--once'])
    expect(status).toBe(78)
    expect(stderr).toMatch(told('StateVersionUnreadable'))
  })
})

test('a state directory that cannot be made is told, and nothing hangs', async () => {
  await using site = new Site(`${fileToFile}state: /proc/siembridge\n`)
  const { status, stderr } = await site.run(['run', '--once'])
  expect(status).toBe(78)
  expect(stderr).toMatch(told('StateUnusable'))
})
