import { describe, expect, test } from 'vitest'
import { fileToFile, numbersIn, riskyUsers, Site, until } from './agent-process.ts'

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

describe('run', () => {
  test('--once reads what is there, delivers it in order, and ends', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 500) })
    expect(await site.run(['run', '--once'])).toMatchObject({ status: 0 })
    expect(numbersIn(site.events())).toEqual(upTo(500))
  })

  test('what comes while it runs is delivered; after SIGTERM and another start nothing is lost and nothing comes twice', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 100) })
    const agent = await site.agent()
    await until(() => site.events().length >= 100)
    site.append('in.ndjson', riskyUsers(100, 200))
    await until(() => site.events().length >= 200)
    site.append('in.ndjson', riskyUsers(200, 300))
    expect(await agent.end('SIGTERM')).toBe(0)
    site.append('in.ndjson', riskyUsers(300, 400))
    const again = await site.agent()
    await until(() => site.events().length >= 400)
    expect(await again.end('SIGINT')).toBe(0)
    expect(numbersIn(site.events())).toEqual(upTo(400))
  })

  test('killed again and again, it loses nothing', async () => {
    await using site = new Site(fileToFile)
    for (let round = 0; round < 5; round++) {
      site.append('in.ndjson', riskyUsers(round * 200, (round + 1) * 200))
      const agent = await site.agent()
      await until(() => site.events().length > round * 200)
      await agent.end('SIGKILL')
    }
    expect(await site.run(['run', '--once'])).toMatchObject({ status: 0 })
    expect([...new Set(numbersIn(site.events()))]).toEqual(upTo(1000))
  })

  test('its own events say that it started and stopped, and go where everything goes', async () => {
    await using site = new Site(fileToFile)
    const agent = await site.agent()
    await agent.end()
    const own = site.lines('out.ndjson').map((line) => (JSON.parse(line) as { event: { action: string } }).event.action)
    expect(own).toEqual(['started', 'stopped'])
  })

  test('a route may take no own events, and drops what its filter refuses', async () => {
    const routes = `routes: [{ name: only, filter: 'user.name == "user3@contoso.com"', own_events: false }]\n`
    await using site = new Site(fileToFile + routes, { 'in.ndjson': riskyUsers(0, 5) })
    expect(await site.run(['run', '--once'])).toMatchObject({ status: 0 })
    expect(numbersIn(site.lines('out.ndjson'))).toEqual([3])
  })

  test('everything in the state directory is for its owner alone', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 5) })
    const agent = await site.agent()
    await until(() => site.events().length >= 5)
    const modes = [...site.modes('siembridge-state')]
    expect(modes.filter(([, mode]) => (mode & 0o077) !== 0)).toEqual([])
    await agent.end()
  })
})
