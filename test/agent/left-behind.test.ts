import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { command, told } from '../cli/run.ts'
import { fileToFile, numbersIn, riskyUsers, Site, until } from './agent-process.ts'

const twoTargets = fileToFile.replace('out: {', 'more: { kind: file, path: more.ndjson, format: ecs }, out: {')

describe('what a changed configuration leaves behind', () => {
  test('events that wait for a route which was renamed are told, stay, and go out once it has its name again', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 10) })
    const rename = (from: string, to: string): void =>
      site.write('siembridge.yaml', site.read('siembridge.yaml').replace(`name: ${from}`, `name: ${to}`))
    site.append('siembridge.yaml', 'routes: [{ name: first, to: [out], own_events: false }]\n')
    const agent = await site.agent()
    await until(() => site.events().length >= 10)
    expect((await site.run(['pause', 'out'])).status).toBe(0)
    site.append('in.ndjson', riskyUsers(10, 20))
    const waiting = async (): Promise<boolean> => (await site.run(['status'])).stdout.includes('10 wait')
    await until(waiting)
    rename('first', 'second')
    await agent.said('10 events wait in the buffer of route first')
    const { stdout } = await site.run(['status'])
    expect(stdout.replace(/\s+/g, ' ')).toContain('10 events wait in the buffer of route first')
    rename('second', 'first')
    await agent.said('new route first, no route second')
    expect((await site.run(['resume', 'out'])).status).toBe(0)
    await until(() => site.events().length >= 20)
    expect((await site.run(['status'])).stdout).not.toContain('TO LOOK AT')
    expect(await agent.end()).toBe(0)
    expect(numbersIn(site.events())).toEqual(Array.from({ length: 20 }, (_, i) => i))
  })

  test('events that wait for a target which is taken out of its route are told', async () => {
    await using site = new Site(twoTargets, { 'in.ndjson': riskyUsers(0, 10) })
    const agent = await site.agent()
    await until(() => site.events('more.ndjson').length >= 10)
    expect((await site.run(['pause', 'more'])).status).toBe(0)
    site.append('in.ndjson', riskyUsers(10, 20))
    await until(() => site.events().length >= 20)
    site.write('siembridge.yaml', fileToFile)
    await agent.said('events of route all waited for target more, which the route does not lead to any more')
    await until(() => site.read('out.ndjson').includes('waited for target more'))
    expect(await agent.end()).toBe(0)
  })
})

describe('a state directory that somebody touched', () => {
  test('a journal that is damaged from its first byte on is told and kept aside', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 10) })
    expect((await site.run(['run', '--once'])).status).toBe(0)
    const lanes = join('siembridge-state', 'lanes')
    const lane = join(lanes, readdirSync(join(site.path, lanes)).find((name) => name.includes('in.ndjson')) ?? '')
    site.write(join(lane, 'journal'), 'not a journal any more'.repeat(20))
    expect((await site.run(['run', '--once'])).stderr).toContain('its journal is damaged; the file was kept aside')
    expect(site.read(join(lane, 'journal.damaged-1'))).toBe('not a journal any more'.repeat(20))
    expect(site.read('out.ndjson')).toContain('state-corrupt')
  })

  test('what does not belong there does not keep the agent from its work', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 10) })
    expect((await site.run(['run', '--once'])).status).toBe(0)
    site.write('siembridge-state/lanes/notes.txt', 'a note')
    site.write('siembridge-state/routes/notes.txt', 'a note')
    mkdirSync(join(site.path, 'siembridge-state/lanes/lost+found'))
    mkdirSync(join(site.path, 'siembridge-state/routes/lost+found'))
    site.append('in.ndjson', riskyUsers(10, 12))
    expect(await site.run(['run', '--once'])).toMatchObject({ status: 0 })
    expect(numbersIn(site.events())).toEqual(Array.from({ length: 12 }, (_, i) => i))
  })

  test('a file where a folder must be is told as such', async () => {
    await using site = new Site(fileToFile)
    mkdirSync(join(site.path, 'siembridge-state'), { mode: 0o700 })
    site.write('siembridge-state/lanes', '')
    const { status, stderr } = await site.run(['run', '--once'])
    expect(status).toBe(78)
    expect(stderr).toMatch(told('StateUnusable'))
    expect(stderr).toContain('siembridge-state/lanes')
  })
  test.skipIf(process.platform === 'win32')(
    'a disk that takes nothing is told as such, and leaves nothing behind',
    async () => {
      await using site = new Site(fileToFile)
      // What writes then gets EFBIG, as it would get ENOSPC.
      const limited = ['-c', 'ulimit -f 0; exec "$0" "$@"', process.execPath, command, 'run', '--once']
      const { status, stderr } = spawnSync('sh', limited, {
        cwd: site.path,
        encoding: 'utf8',
        env: { ...process.env, STATE_DIRECTORY: '' },
      })
      expect(stderr).toMatch(told('StateUnusable'))
      expect(stderr).toContain('EFBIG')
      expect(status).toBe(78)
      expect([...site.modes('siembridge-state').keys()]).toEqual([])
    },
  )
})
