import { describe, expect, test } from 'vitest'
import { fileToFile, numbersIn, riskyUsers, Site, until } from './agent-process.ts'

const twoTargets = fileToFile.replace('out: {', 'more: { kind: file, path: more.ndjson, format: ecs }, out: {')

describe('reload', () => {
  test.for(['SIGHUP', 'the file alone'])(
    '%s: a changed configuration is taken over, and nothing is lost or doubled',
    async (by) => {
      await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 100) })
      const agent = await site.agent()
      await until(() => site.events().length >= 100)
      site.write('siembridge.yaml', twoTargets)
      if (by === 'SIGHUP') agent.child.kill('SIGHUP')
      await agent.said('the configuration changed: new target more')
      site.append('in.ndjson', riskyUsers(100, 200))
      await until(() => site.events().length >= 200 && site.events('more.ndjson').length >= 100)
      expect(await agent.end()).toBe(0)
      expect(numbersIn(site.events())).toEqual(Array.from({ length: 200 }, (_, i) => i))
      expect(numbersIn(site.events('more.ndjson')).slice(-100)).toEqual(Array.from({ length: 100 }, (_, i) => 100 + i))
      expect(site.read('out.ndjson')).toContain('configuration-changed')
    },
  )

  test('a wrong one is told with file, line and column, and the old one goes on', async () => {
    await using site = new Site(fileToFile)
    const agent = await site.agent()
    site.write('siembridge.yaml', fileToFile.replace('format: ecs', 'format: esc'))
    agent.child.kill('SIGHUP')
    await agent.said('siembridge.yaml:3:57: "format" has no such value')
    await agent.said('the agent goes on with the old one')
    site.write('in.ndjson', riskyUsers(0, 10))
    await until(() => site.events().length >= 10)
    const { stdout } = await site.run(['status'])
    expect(stdout).toContain('the changed configuration is not used')
    expect(await agent.end()).toBe(0)
  })
})
