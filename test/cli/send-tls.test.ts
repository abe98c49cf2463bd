import { FrameDecoder } from '@siembridge/formats'
import { afterAll, describe, expect, test } from 'vitest'
import { Authority, hasOpenssl, opensslReceiver, pem } from './certificates.ts'
import { streamReceiver } from './receiver.ts'
import { fourRecords, lines, type Ran, siembridge, told, Workspace } from './run.ts'

const ndjson = `${fourRecords.join('\n')}\n`
const folder = new Workspace()
afterAll(() => folder[Symbol.dispose]())

const send = (url: string, args: readonly string[] = []): Promise<Ran> =>
  siembridge(['convert', '--to', 'cef', '--send', url, ...args], { stdin: ndjson })

describe.skipIf(!hasOpenssl)(`over TLS${hasOpenssl ? '' : ' (needs openssl on PATH)'}`, () => {
  const ca = hasOpenssl ? new Authority(folder.path, 'authority') : undefined
  const server = ca?.sign('server')
  const client = ca?.sign('client')
  const stranger = hasOpenssl ? new Authority(folder.path, 'stranger') : undefined
  const strangerClient = stranger?.sign('stranger-client')
  if (!ca || !server || !client || !stranger || !strangerClient) return
  const tls = pem(server)

  test.for([['127.0.0.1'], ['localhost']])('%s: octet counting, every event once and in order', async ([host]) => {
    await using receiver = await streamReceiver({ tls })
    expect(await send(`tls://${host}:${receiver.port}`, ['--ca', ca.cert])).toMatchObject({ status: 0, stdout: '' })
    await receiver.closed()
    const decoder = new FrameDecoder({ framing: 'octets' })
    const got = decoder.push(Buffer.concat(receiver.chunks)).map((m) => m.toString('utf8').replace(/^.*?(?=CEF:)/, ''))
    expect(got).toEqual(lines((await siembridge(['convert', '--to', 'cef'], { stdin: ndjson })).stdout))
  })

  test.for([
    ['a client certificate that the receiver trusts', ['--cert', client.cert, '--key', client.key], 0],
    ['no client certificate', [], 69],
    ['a client certificate of another authority', ['--cert', strangerClient.cert, '--key', strangerClient.key], 69],
  ] as const)('%s, where one is wanted: exit status %i', async ([, args, wanted]) => {
    await using receiver = await opensslReceiver(server, ca.cert)
    const { status, stderr } = await send(`tls://127.0.0.1:${receiver.port}`, ['--ca', ca.cert, ...args])
    const got = await receiver.received()
    expect(status).toBe(wanted)
    expect(got.split('CEF:0|')).toHaveLength(wanted === 0 ? 5 : 1)
    if (wanted !== 0) expect(stderr).toMatch(told('TlsRefused'))
  })

  test.for([
    ['an authority that did not sign the receiver', ['--ca', stranger.cert]],
    ['an authority that the system does not know', []],
  ] as const)('%s: exit status 69, TlsRefused, and nothing is sent', async ([, args]) => {
    await using receiver = await streamReceiver({ tls })
    const { status, stderr } = await send(`tls://127.0.0.1:${receiver.port}`, args)
    expect(status).toBe(69)
    expect(stderr).toMatch(told('TlsRefused'))
    expect(receiver.chunks).toHaveLength(0)
  })

  test('a receiver that speaks no TLS: exit status 69', async () => {
    await using receiver = await streamReceiver({ onConnection: (socket) => void socket.end('220 hello\r\n') })
    expect((await send(`tls://127.0.0.1:${receiver.port}`, ['--ca', ca.cert])).status).toBe(69)
  })

  test('files that hold no certificate, or that are missing, are told as such', async () => {
    const wrong = folder.file('no.pem', 'nothing')
    expect(await send('tls://127.0.0.1:6514', ['--cert', wrong, '--key', wrong])).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(told('UsageWrong')),
    })
    expect(await send('tls://127.0.0.1:6514', ['--ca', `${folder.path}/missing.pem`])).toMatchObject({
      status: 69,
      stderr: expect.stringContaining('missing.pem'),
    })
  })
})
