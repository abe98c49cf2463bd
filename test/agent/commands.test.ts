import { createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fileToFile, freePort, numbersIn, riskyUsers, Site, until } from './agent-process.ts'

describe('pause and resume', () => {
  test('a paused target gets nothing, also after a restart, and everything once it is resumed', async () => {
    await using site = new Site(fileToFile)
    const agent = await site.agent()
    await until(() => site.lines('out.ndjson').length === 1)
    expect(await site.run(['pause', 'out'])).toMatchObject({ status: 0 })
    site.write('in.ndjson', riskyUsers(0, 10))
    await until(async () => (await site.run(['status'])).stdout.includes('10 wait'))
    await agent.end()
    const again = await site.agent()
    expect((await site.run(['status'])).stdout).toMatch(/out +Paused/)
    expect(site.events()).toEqual([])
    expect(await site.run(['resume', 'out'])).toMatchObject({ status: 0 })
    await until(() => site.events().length >= 10)
    expect(numbersIn(site.events())).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    await again.end()
  })

  test('without an agent, and for a target that is not there, they say so', async () => {
    await using site = new Site(fileToFile)
    expect(await site.run(['pause', 'out'])).toMatchObject({
      status: 69,
      stderr: expect.stringContaining('AgentNotRunning'),
    })
    const agent = await site.agent()
    expect(await site.run(['pause', 'siem'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('TargetUnknown'),
    })
    await agent.end()
  })
})

describe('send-test', () => {
  test('says what became of the event at each target, with and without an agent', async () => {
    const closed = await freePort()
    const configuration = fileToFile.replace(
      'out: {',
      `dead: { kind: syslog, url: "tcp://127.0.0.1:${closed}" }, out: {`,
    )
    await using site = new Site(configuration)
    const alone = await site.run(['send-test'])
    expect(alone.status).toBe(1)
    expect(alone.stdout).toMatch(/^BAD +dead: .*ECONNREFUSED/ms)
    expect(alone.stdout).toMatch(/^ok +out: delivered/m)
    expect(site.read('out.ndjson')).toContain('test event of SIEMbridge for target out')
    const agent = await site.agent()
    expect(await site.run(['send-test', 'out'])).toMatchObject({ status: 0 })
    expect(site.lines('out.ndjson').filter((line) => line.includes('test event'))).toHaveLength(2)
    await agent.end()
  })
})

/** Takes lines until it is told to stop answering. */
async function receiver(
  port: number,
): Promise<{ readonly server: Server; readonly lines: () => string[]; close(): void }> {
  let text = ''
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = (): void => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { server, close, lines: () => text.split('\n').filter((line) => line.includes('contoso.com')) }
}

describe('a receiver that is away', () => {
  test('its events wait, the other target goes on, and all arrive when it is back', async () => {
    const port = await freePort()
    const configuration = fileToFile.replace(
      'out: {',
      `siem: { kind: syslog, url: "tcp://127.0.0.1:${port}", format: cef }, out: {`,
    )
    await using site = new Site(configuration, { 'in.ndjson': riskyUsers(0, 50) })
    const agent = await site.agent()
    await until(() => site.events().length >= 50)
    await until(async () => (await site.run(['status'])).stdout.includes('target siem'))
    const { status, stdout } = await site.run(['status'])
    expect(status).toBe(1)
    expect(stdout).toMatch(/siem +Retrying/)
    const siem = await receiver(port)
    await until(
      () => siem.lines().length >= 50,
      () => agent.stderr,
    )
    expect(numbersIn(siem.lines())).toEqual(Array.from({ length: 50 }, (_, i) => i))
    expect(await agent.end()).toBe(0)
    siem.close()
  })
})

describe('dead letters', () => {
  test('a record that cannot be read is listed with its reason, retried and purged', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': `{"no":"known type"}\n${riskyUsers(0, 2)}` })
    expect(await site.run(['run', '--once'])).toMatchObject({ status: 0 })
    expect(site.events()).toHaveLength(2)
    const listed = await site.run(['dead-letters', 'list'])
    expect(listed.stdout).toContain('{"no":"known type"}')
    const retried = await site.run(['dead-letters', 'retry'])
    expect(retried.stdout).toContain('1 dead letters retried')
    // It is as unreadable as before, and is a letter anew.
    expect((await site.run(['dead-letters', 'list', '--json'])).stdout.trim().split('\n')).toHaveLength(1)
    expect(await site.run(['dead-letters', 'purge', '--before', '0s'])).toMatchObject({ status: 0 })
    expect((await site.run(['dead-letters', 'list'])).stdout).toContain('there are no dead letters')
  })
})

describe('checkpoint and backfill', () => {
  test('a source that is set back is read again', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 3) })
    await site.run(['run', '--once'])
    expect((await site.run(['checkpoint', 'show'])).stdout).toContain('in.ndjson')
    expect(await site.run(['checkpoint', 'rewind', 'file', '--to', '2d'])).toMatchObject({ status: 0 })
    await site.run(['run', '--once'])
    expect(numbersIn(site.events())).toEqual([0, 1, 2, 0, 1, 2])
  })

  test('a past window is collected beside what is collected anyway', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 3) })
    const agent = await site.agent()
    await until(() => site.events().length >= 3)
    const { status, stdout } = await site.run(['backfill', '--source', 'file', '--from', '2d'])
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('3 records of source file') })
    await until(() => site.events().length >= 6)
    await agent.end()
    expect(numbersIn(site.events())).toEqual([0, 1, 2, 0, 1, 2])
    expect(await site.run(['backfill', '--source', 'nosuch', '--from', '2d'])).toMatchObject({ status: 2 })
    expect(await site.run(['backfill', '--source', 'file', '--from', 'yesterday'])).toMatchObject({ status: 2 })
  })
})

describe('doctor', () => {
  test('numbers its checks and writes an archive that holds no secret', async () => {
    const secret = 'https://user:hunter2@proxy.example'
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 1) })
    await site.run(['run', '--once'])
    site.write('siembridge.yaml', `${fileToFile}# ${secret} 11111111-2222-3333-4444-555555555555\n`)
    const { status, stdout } = await site.run(['doctor', '--bundle', 'bundle.tar.gz'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^ 1 {2}ok +configuration: siembridge.yaml is valid$/m)
    expect(site.modes('.').get('bundle.tar.gz')).toBe(0o600)
    const archive = join(site.path, 'bundle.tar.gz')
    const list = execFileSync('tar', ['tzf', archive], { encoding: 'utf8' })
    expect(list.split('\n').filter((name) => name !== '')).toEqual(
      ['configuration.yaml', 'status.json', 'errors.log', 'findings.json', 'versions.json'].map(
        (name) => `siembridge-bundle/${name}`,
      ),
    )
    const text = execFileSync('tar', ['xzOf', archive], { encoding: 'utf8' })
    expect(text).not.toMatch(/hunter2|11111111-2222/)
  })
})
