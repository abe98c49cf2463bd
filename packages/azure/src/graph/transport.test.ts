import { createBudgets } from '@siembridge/core/budget'
import { createHttp, type Http } from '@siembridge/core/http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestClock } from '../../test/clock.ts'
import { inTurn, json, serve, type TestServer } from '../../test/server.ts'
import { throttling } from '../throttling.ts'
import { createGraph, type GraphAsk, type GraphTransport } from './transport.ts'

let server: TestServer
let http: Http
let clock: TestClock
let graph: GraphTransport
let tokens: string[]

const ask: GraphAsk = {
  version: 'v1.0',
  path: '/security/alerts_v2',
  api: 'security',
  subject: 'alerts of tenant contoso',
}

beforeEach(async () => {
  server = await serve()
  http = createHttp({ ca: server.ca, noProxy: '*' })
  clock = new TestClock()
  build()
})

function build(): void {
  tokens = []
  const token = async (_: string, again: { claims?: string; rejected?: boolean } = {}) => {
    tokens.push(again.claims ?? (again.rejected ? 'rejected' : ''))
    return `token ${tokens.length}`
  }
  const port = { token, credential: () => Promise.reject(new Error()) }
  const budgets = createBudgets({ clock, limits: throttling })
  const { origin } = server
  graph = createGraph({ name: 'contoso', origin, tenantId: 't', clientId: 'c', tokens: port, budgets, clock, http })
}

afterEach(async () => {
  await http.close()
  server.close()
})

const read = async (more: Partial<GraphAsk> = {}): Promise<unknown[]> => {
  const found: unknown[] = []
  for await (const { value } of graph.pages({ ...ask, ...more })) found.push(...value)
  return found
}

const page = (value: unknown[], next?: unknown) => json({ '@odata.context': 'x', value, '@odata.nextLink': next })
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: { code?: string }) => error.code,
  )

describe('reading from Graph', () => {
  it('sends the token, the Prefer header, and values of options encoded', async () => {
    await read({ query: { $filter: "title eq 'a&b#c+d'", $top: '5' } })
    expect(server.requests).toEqual([`GET /v1.0/security/alerts_v2?$filter=title%20eq%20'a%26b%23c%2Bd'&$top=5`])
    expect(server.headers[0]).toMatchObject({ authorization: 'Bearer token 1', prefer: 'include-unknown-enum-members' })
  })

  it('gives the bytes of the answer and the time of the server', async () => {
    const text = '{ "value" : [ {"a":1.0} ] }'
    server.answer = json(text, 200, { date: 'Sat, 21 Nov 2026 08:00:00 GMT' })
    for await (const { bytes, dateMs } of graph.pages(ask)) {
      expect(bytes.toString()).toBe(text)
      expect(dateMs).toBe(Date.parse('2026-11-21T08:00:00Z'))
    }
  })

  it('graph-11.09 sends Prefer on every page', async () => {
    server.answer = inTurn(page([1], `${server.origin}/v1.0/x?$skiptoken=1`), page([2]))
    expect(await read()).toEqual([1, 2])
    expect(server.headers.map(({ prefer }) => prefer)).toEqual(Array(2).fill('include-unknown-enum-members'))
  })
})

describe('answers that fail', () => {
  it.each([
    ['2.128', 2128],
    ['600', 600_000],
    ['0', 0],
    ['Sat, 21 Nov 2026 08:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 07:00:00 GMT', 0],
  ])('graph-11.07 obeys Retry-After %s', async (after, ms) => {
    const date = 'Sat, 21 Nov 2026 08:00:00 GMT'
    server.answer = inTurn(json({}, 429, { 'retry-after': after, date }), page([1]))
    expect(await read()).toEqual([1])
    expect(clock.elapsed()).toBe(ms)
  })

  it.each([undefined, 'soon', '-5'])('graph-11.07 has a back-off of its own where Retry-After is %s', async (after) => {
    const limited = json({}, 429, after === undefined ? {} : { 'retry-after': after })
    server.answer = inTurn(limited, limited, limited, page([1]))
    expect(await read({ api: 'identityProtection' })).toEqual([1])
    const waited = clock.elapsed()
    expect(waited).toBeGreaterThanOrEqual((2000 + 4000 + 8000) / 2)
    expect(waited).toBeLessThanOrEqual(2000 + 4000 + 8000 + 3000)
  })

  it('graph-11.07 makes all streams of the quota wait, and tells the wait', async () => {
    // Slow enough that the second stream asks while the first one waits.
    clock = new TestClock(undefined, 200)
    build()
    const askedAt: number[] = []
    server.answer = (request, response, at) => {
      askedAt.push(clock.elapsed())
      ;(at === 0 ? json({}, 429, { 'retry-after': '90' }) : page([1]))(request, response)
    }
    const waits: unknown[] = []
    const first = read({ onWait: (wait) => waits.push(wait) })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await Promise.all([first, read({ path: '/security/incidents' })])
    expect(waits).toEqual([{ why: 'throttled', ms: 90_000 }])
    expect(askedAt).toEqual([0, 90_000, 90_000])
  })

  it('graph-11.07 gives up for this time when 429 does not end', async () => {
    server.answer = json({}, 429)
    expect(await codeOf(read())).toBe('Throttled')
    expect(server.requests).toHaveLength(6)
  })

  it.each([
    ['503 in HTML', json('<html>busy</html>', 503)],
    ['500 without a body', json('', 500)],
    ['502', json('<html>bad gateway</html>', 502)],
    ['504', json('', 504)],
    ['200 in HTML', json('<html>sign in</html>', 200)],
    ['200 without a body', json('', 200)],
    ['200 with JSON that is broken off', json('{"value":[{"a":1},{"b"', 200)],
    ['a connection that breaks before the answer', (_: unknown, response: { destroy(): void }) => response.destroy()],
  ] as const)('graph-11.07 tries again after %s', async (_, answer) => {
    server.answer = inTurn(answer as TestServer['answer'], page([1]))
    expect(await read()).toEqual([1])
    expect(server.requests).toHaveLength(2)
  })

  it('graph-11.07 tries again when a body breaks off, and takes nothing of it', async () => {
    server.answer = inTurn(
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('{"value":[{"a":1},')
        setTimeout(() => response.destroy(), 20)
      },
      page([1]),
    )
    expect(await read()).toEqual([1])
  })

  it('graph-11.07 tells the request id of a service that goes on failing', async () => {
    server.answer = json('', 500, { 'request-id': 'abc' })
    await expect(read()).rejects.toThrow(/status 500, request-id abc/)
  })

  it.each([
    [403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', 'PermissionMissing'],
    [
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      'Neither tenant is B2C or tenant does not have premium license',
      'LicenceMissing',
    ],
    [400, 'BadRequest', 'Tenant does not have a premium license, use beta', 'LicenceMissing'],
    [404, 'ResourceNotFound', 'Resource not found', 'StreamMissing'],
    [400, 'BadRequest', 'Invalid filter clause', 'RequestRefused'],
    [401, 'InvalidAuthenticationToken', 'Access token is empty.', 'TokenRefused'],
  ])('graph-11.15 says what %d %s means', async (status, code, message, row) => {
    server.answer = json({ error: { code, message } }, status)
    expect(await codeOf(read())).toBe(row)
  })
})

describe('tokens', () => {
  it('graph-11.14 answers a claims challenge once, with the claims', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}'
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`
    server.answer = inTurn(json({}, 401, { 'www-authenticate': challenge }), page([1]))
    expect(await read()).toEqual([1])
    expect(tokens).toEqual(['', claims])
    expect(server.headers[1]?.authorization).toBe('Bearer token 2')
  })

  it('graph-11.14 renews a token that ends within the pages', async () => {
    server.answer = inTurn(page([1], `${server.origin}/v1.0/next`), json({}, 401), page([2]))
    expect(await read()).toEqual([1, 2])
    expect(tokens).toEqual(['', '', 'rejected'])
  })

  it('graph-11.14 asks for a new token after a permission was missing: a grant is in new tokens only', async () => {
    server.answer = inTurn(json({ error: { code: 'Forbidden', message: 'x' } }, 403), page([1]))
    expect(await codeOf(read())).toBe('PermissionMissing')
    expect(await read()).toEqual([1])
    expect(await read()).toEqual([1])
    expect(tokens).toEqual(['', 'rejected', ''])
  })

  it('graph-11.14 does not storm when a new token is refused too', async () => {
    server.answer = json({}, 401)
    expect(await codeOf(read())).toBe('TokenRefused')
    expect(server.requests).toHaveLength(2)
  })
})

describe('next pages', () => {
  it('graph-11.08 follows a link as it stands, 10 KB long', async () => {
    const link =
      `${server.origin}/v1.0/security/alerts_v2?$skiptoken=${'aB%2f+='.repeat(1500)}&$filter=x eq 'y'`.replaceAll(
        ' ',
        '%20',
      )
    server.answer = inTurn(page([1], link), page([2]))
    expect(await read()).toEqual([1, 2])
    // Not toBe: it would print 10 KB.
    expect(`${server.origin}${server.requests[1]?.slice(4)}` === link).toBe(true)
  })

  it.each([null, '', undefined])('graph-11.08 ends where the link is %s', async (link) => {
    server.answer = page([1], link)
    expect(await read()).toEqual([1])
  })

  it.each(['/v1.0/next?$skip=500', '?$skip=501', 'alerts_v2?$skip=501'])(
    'graph-11.08 follows the relative link %s',
    async (link) => {
      server.answer = inTurn(page([1], link), page([2]))
      expect(await read()).toEqual([1, 2])
    },
  )

  it('graph-11.08 ends a circle of links', async () => {
    server.answer = page([1], `${server.origin}/v1.0/again`)
    expect(await codeOf(read())).toBe('NextLinkLoop')
    expect(server.requests.length).toBeLessThan(4)
  })

  it.each([
    'https://graph.attacker.example/v1.0/next',
    'http://localhost/v1.0/next',
    'https://localhost:1/v1.0/next',
    '//attacker.example/next',
    'https:attacker.example/next',
    'https://localhost@attacker.example/next',
    'https://attacker.example\\@localhost/',
    'javascript:alert(1)',
    'https://user:pass@localhost/next',
  ])('graph-11.08 sends no token to %s', async (link) => {
    server.answer = page([1], link)
    const before = tokens.length
    // What is no URL of its own is a path on the same host.
    const code = await codeOf(read())
    expect(['NextLinkForeign', 'NextLinkLoop']).toContain(code)
    if (code === 'NextLinkForeign') expect(tokens.length - before).toBe(1)
  })
})

describe('odd pages', () => {
  it.each([{}, { value: null }, { value: [] }])('graph-11.10 takes %j for an empty page', async (body) => {
    server.answer = json(body)
    expect(await read()).toEqual([])
  })

  it('graph-11.10 refuses a list that is none', async () => {
    server.answer = json({ value: {} })
    expect(await codeOf(read())).toBe('PageUnreadable')
  })

  it('graph-11.06 reads a page of 30 MB', async () => {
    const big = Array.from({ length: 300 }, (_, id) => ({ id, evidence: 'x'.repeat(100_000) }))
    server.answer = page(big)
    expect(await read()).toHaveLength(300)
  })
})

describe('quotas', () => {
  it('graph-11.18 keeps the quota of the application over all streams that share it', async () => {
    for (let n = 0; n < 4; n++) await Promise.all(['/a', '/b', '/c'].map((path) => read({ path, api: 'auditLogs' })))
    // Twelve requests, five in ten seconds.
    expect(clock.elapsed()).toBeGreaterThanOrEqual(20_000)
    expect(clock.elapsed()).toBeLessThan(30_000)
  })

  it('makes one request a second to Identity Protection', async () => {
    for (let n = 0; n < 5; n++) await read({ api: 'identityProtection' })
    expect(clock.elapsed()).toBeGreaterThanOrEqual(4000)
  })
})
