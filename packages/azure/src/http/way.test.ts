import { createServer as createPlain, type IncomingMessage } from 'node:http'
import { createServer as createTls } from 'node:https'
import { type AddressInfo, connect, type Server } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { createHttp, type HttpOptions } from '@siembridge/core/http'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Authority, createAuthority } from '../../test/simulated.ts'

let authority: Authority
let stranger: Authority
beforeAll(async () => {
  authority = await createAuthority()
  stranger = await createAuthority('CN=stranger')
})

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'])
    delete process.env[name]
  for (const thing of open.splice(0)) await thing.close()
})

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  open.push({
    close: () => {
      if ('closeAllConnections' in server) (server as ReturnType<typeof createPlain>).closeAllConnections()
      server.close()
    },
  })
  return (server.address() as AddressInfo).port
}

/** A server that tells who the client is. */
async function secure(names = ['localhost'], days = 30): Promise<string> {
  const { certificate: cert, privateKey: key } = await authority.issue({
    subject: 'CN=x',
    names,
    usage: 'server',
    days,
  })
  const options = { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: false }
  const server = createTls(options, (request, response) => {
    const { subject } = (request.socket as TLSSocket).getPeerCertificate()
    response.end(subject?.CN ?? 'nobody')
  })
  return `https://localhost:${await portOf(server)}/`
}

interface Proxy {
  readonly url: string
  readonly asked: string[]
  readonly authorizations: (string | undefined)[]
}

/** A proxy for CONNECT; `status` in place of a way through. */
async function proxy(status?: number): Promise<Proxy> {
  const [asked, authorizations]: [string[], (string | undefined)[]] = [[], []]
  const server = createPlain()
  server.on('connect', (request: IncomingMessage, socket, head: Buffer) => {
    asked.push(request.url ?? '')
    authorizations.push(request.headers['proxy-authorization'])
    if (status !== undefined) return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`)
    const [host = '', port = ''] = (request.url ?? '').split(':')
    const other = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      other.write(head)
      other.pipe(socket).pipe(other)
    })
    for (const end of [other, socket]) end.on('error', () => other.destroy())
  })
  return { url: `http://localhost:${await portOf(server)}`, asked, authorizations }
}

async function get(url: string, options: HttpOptions): Promise<string> {
  const http = createHttp(options)
  open.push(http)
  try {
    const { body } = await http.request({ method: 'GET', url, deadlineMs: 5000 })
    return body.toString()
  } catch (error) {
    return (error as { kind?: string }).kind ?? String(error)
  }
}

describe('certificates', () => {
  it('trusts a private authority besides the known ones, and nobody else', async () => {
    const url = await secure()
    expect(await get(url, { ca: authority.certificate, noProxy: '*' })).toBe('nobody')
    expect(await get(url, { ca: stranger.certificate, noProxy: '*' })).toBe('tls')
    expect(await get(url, { noProxy: '*' })).toBe('tls')
    expect(await get(url, { noProxy: '*', verify: false })).toBe('nobody')
  })

  it('refuses another name and a certificate that is over', async () => {
    expect(await get(await secure(['elsewhere.example']), { ca: authority.certificate, noProxy: '*' })).toBe('tls')
    expect(await get(await secure(['localhost'], -1), { ca: authority.certificate, noProxy: '*' })).toBe('tls')
  })

  it('shows a client certificate', async () => {
    const { certificate: cert, privateKey: key } = await authority.issue({ subject: 'CN=collector', usage: 'client' })
    expect(await get(await secure(), { ca: authority.certificate, clientCert: { cert, key }, noProxy: '*' })).toBe(
      'collector',
    )
  })
})

describe('proxies', () => {
  it('goes through the one that is told, with its credentials, and trusts the private authority behind it', async () => {
    const [url, way] = [await secure(), await proxy()]
    const told = way.url.replace('//', '//user:p%40ss@')
    expect(await get(url, { proxy: told, noProxy: '', ca: authority.certificate })).toBe('nobody')
    expect(way.asked).toEqual([new URL(url).host])
    expect(Buffer.from(way.authorizations[0]?.slice(6) ?? '', 'base64').toString()).toBe('user:p@ss')
    expect(await get(url, { proxy: told, noProxy: '', ca: stranger.certificate })).toBe('tls')
  })

  it('goes by the environment where none is told', async () => {
    const [url, way] = [await secure(), await proxy()]
    process.env['HTTPS_PROXY'] = way.url
    expect(await get(url, { ca: authority.certificate })).toBe('nobody')
    process.env['NO_PROXY'] = 'example.com,localhost'
    expect(await get(url, { ca: authority.certificate })).toBe('nobody')
    expect(way.asked).toHaveLength(1)
  })

  it.each([
    ['localhost', 0],
    ['*', 0],
    ['.localhost', 0],
    ['example.com', 1],
    ['localhost:1', 1],
  ])('leaves out what %s names', async (noProxy, times) => {
    const [url, way] = [await secure(), await proxy()]
    expect(await get(url, { proxy: way.url, noProxy, ca: authority.certificate })).toBe('nobody')
    expect(way.asked).toHaveLength(times)
  })

  it.each([407, 403, 502])('says that the proxy refused with %d', async (status) => {
    const [url, way] = [await secure(), await proxy(status)]
    expect(await get(url, { proxy: way.url, noProxy: '', ca: authority.certificate })).toBe('proxy')
  })

  it('says that nothing listens where the proxy should be, and holds no password in the error', async () => {
    const http = createHttp({ proxy: 'http://user:hush-hush@127.0.0.1:1', noProxy: '' })
    open.push(http)
    const error = (await http
      .request({ method: 'GET', url: 'https://localhost:2/' })
      .catch((reason: unknown) => reason)) as Error
    expect(error).toMatchObject({ kind: 'refused', maybeArrived: false })
    expect(`${error.message}${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toContain('hush-hush')
  })
})
