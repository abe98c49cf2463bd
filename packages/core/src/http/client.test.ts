import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcp, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createHttp, type Http, HttpFailure, type HttpOptions } from './index.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close()
})

const client = (options?: HttpOptions): Http => {
  const http = createHttp({ noProxy: '*', ...options })
  open.push(http)
  return http
}

async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener as never)
  return await listen(server)
}

async function listen(server: Server | ReturnType<typeof createTcp>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({
    close: () => ('closeAllConnections' in server ? (server.closeAllConnections(), server.close()) : server.close()),
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const tcp = (answer: (socket: Socket) => void): Promise<string> =>
  listen(createTcp((socket) => socket.on('error', () => {}).once('data', () => answer(socket))))

const failure = async (promise: Promise<unknown>): Promise<HttpFailure> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(HttpFailure)
  return error as HttpFailure
}

describe('the HTTP client', () => {
  it('sends method, headers and body, and gives back status, headers and bytes', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        response.writeHead(418, { 'X-Method': request.method ?? '', 'Set-Cookie': ['a', 'b'] })
        response.end(Buffer.concat(chunks))
      })
    })
    const answer = await client().request({ method: 'POST', url: `${url}/a?b=c`, body: Buffer.from([0, 255]) })
    expect(answer.status).toBe(418)
    expect(answer.headers).toMatchObject({ 'x-method': 'POST', 'set-cookie': 'a, b' })
    expect(answer.body).toEqual(Buffer.from([0, 255]))
  })

  it('takes compression off, and counts the limit after it', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync('x'.repeat(100_000)))
    })
    expect((await client().request({ method: 'GET', url })).body).toHaveLength(100_000)
    const error = await failure(client().request({ method: 'GET', url, maxBytes: 99_999 }))
    expect(error.kind).toBe('too-large')
  })

  it('says that compressed bytes broke off', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync('x'.repeat(100_000)).subarray(0, 60))
    })
    expect((await failure(client().request({ method: 'GET', url }))).kind).toBe('truncated')
  })

  it('does not follow redirects', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: 'http://example.com/' }).end())
    expect((await client().request({ method: 'GET', url })).status).toBe(302)
  })

  it('tells a port where nobody listens', async () => {
    const error = await failure(client().request({ method: 'GET', url: 'http://127.0.0.1:1/secret?sig=1' }))
    expect(error).toMatchObject({ kind: 'refused', maybeArrived: false, code: 'ConnectionRefused' })
    expect(error.message).not.toContain('sig')
    expect((error.cause as { code: string }).code).toBe('ECONNREFUSED')
  })

  it('tells a name that does not resolve', async () => {
    const error = await failure(client().request({ method: 'GET', url: 'http://nowhere.invalid/' }))
    expect(error).toMatchObject({ kind: 'dns', maybeArrived: false })
  })

  it('tells a connection that is closed before an answer, after the request was begun', async () => {
    const url = await tcp((socket) => socket.destroy())
    expect(await failure(client().request({ method: 'POST', url, body: 'x' }))).toMatchObject({
      kind: 'reset',
      maybeArrived: true,
    })
  })

  it('tells a body that is shorter than its length', async () => {
    const url = await tcp((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc'))
    expect((await failure(client().request({ method: 'GET', url }))).kind).toBe('truncated')
  })

  it('tells a chunked body that ends without its last chunk', async () => {
    const url = await tcp((socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n'))
    expect((await failure(client().request({ method: 'GET', url }))).kind).toBe('truncated')
  })

  it('ends an answer that never comes', async () => {
    const url = await tcp(() => {})
    const error = await failure(client().request({ method: 'GET', url, deadlineMs: 50 }))
    expect(error).toMatchObject({ kind: 'timeout', maybeArrived: true })
  })

  it('ends a body that trickles for ever', async () => {
    const url = await tcp((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')
      const timer = setInterval(() => socket.write('x'), 5)
      socket.on('close', () => clearInterval(timer))
    })
    const error = await failure(client().request({ method: 'GET', url, deadlineMs: 100 }))
    expect(error.kind).toBe('timeout')
  })

  it('ends with the reason of the signal', async () => {
    const url = await tcp(() => {})
    const controller = new AbortController()
    const answer = client().request({ method: 'GET', url, signal: controller.signal })
    setTimeout(() => controller.abort(new Error('stopped')), 20)
    await expect(answer).rejects.toThrow('stopped')
  })

  it('gives the body bit by bit, and lets the connection go when the loop is left', async () => {
    const url = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(1000)), 1)
      response.on('close', () => clearInterval(timer))
    })
    const http = client()
    const { body } = await http.open({ method: 'GET', url })
    let length = 0
    for await (const chunk of body) if ((length += chunk.length) > 3000) break
    expect(length).toBeGreaterThan(3000)
  })

  it('keeps connections', async () => {
    let connections = 0
    const server = createServer((_, response) => response.end('{}'))
    server.on('connection', () => connections++)
    const url = await listen(server)
    const http = client()
    for (let at = 0; at < 5; at++) await http.request({ method: 'GET', url })
    // The first is not free yet when the second request comes in the same turn.
    expect(connections).toBeLessThanOrEqual(2)
  })
})
