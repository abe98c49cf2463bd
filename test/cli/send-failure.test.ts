import { afterAll, describe, expect, test } from 'vitest'
import { freePort, streamReceiver } from './receiver.ts'
import { fourRecords, lines, type Ran, siembridge, told, Workspace } from './run.ts'

const ndjson = `${fourRecords.join('\n')}\n`
const folder = new Workspace()
afterAll(() => folder[Symbol.dispose]())

const send = (url: string, args: readonly string[] = [], stdin = ndjson): Promise<Ran> =>
  siembridge(['convert', '--to', 'cef', '--send', url, ...args], { stdin })

describe('a receiver that fails', () => {
  test.for(['tcp', 'tls'])('%s where nothing listens: exit status 69, TargetUnreachable', async (transport) => {
    const { status, stderr } = await send(`${transport}://127.0.0.1:${await freePort()}`)
    expect(status).toBe(69)
    expect(stderr).toMatch(told('TargetUnreachable'))
    expect(stderr).toContain('ECONNREFUSED')
  })

  test('a name that does not resolve: exit status 69, TargetUnreachable', async () => {
    const { status, stderr } = await send('tcp://no-such-host.invalid:514')
    expect(status).toBe(69)
    expect(stderr).toMatch(told('TargetUnreachable'))
  })

  test.for(['closed', 'reset'])(
    'a receiver that goes away in the middle (%s): exit status 69, TargetLost, and no claim that all was sent',
    async (how) => {
      await using receiver = await streamReceiver({
        onConnection: (socket) =>
          void socket.once('data', () => (how === 'reset' ? socket.resetAndDestroy() : socket.destroy())),
      })
      const { status, stderr } = await send(`tcp://127.0.0.1:${receiver.port}`, [], ndjson.repeat(20_000))
      expect(status).toBe(69)
      expect(stderr).toMatch(told('TargetLost'))
      expect(stderr).not.toMatch(/events sent to/)
      expect(stderr).toContain('of which an unknown number arrived')
    },
  )

  test('a file that is missing behind one that is there: what came before it arrives, and the command ends with 69', async () => {
    await using receiver = await streamReceiver()
    const { status, stderr } = await siembridge([
      'convert',
      '--to',
      'cef',
      '--send',
      `tcp://127.0.0.1:${receiver.port}`,
      folder.file('a.json', ndjson),
      `${folder.path}/missing`,
    ])
    await receiver.closed()
    expect(status).toBe(69)
    expect(stderr).toMatch(told('InputUnreadable'))
    expect(lines(Buffer.concat(receiver.chunks).toString())).toHaveLength(4)
  })

  test.for(['http://127.0.0.1:1', 'tcp://', 'tcp://127.0.0.1:99999', 'tcp://127.0.0.1:0', '127.0.0.1:514'])(
    '"%s" is no target: exit status 2',
    async (url) => {
      const { status, stderr } = await send(url)
      expect(status).toBe(2)
      expect(stderr).toMatch(told('UsageWrong'))
    },
  )
})
