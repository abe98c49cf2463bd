import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { listOf, contextFor, never, open, parcelOf, secrets } from '../testing/context.ts'
import { endpoint } from '../testing/endpoint.ts'
import { httpTarget } from './index.ts'
import { actionOf } from './statuses.ts'

const delivered = { all: 'delivered' }

describe('requests', () => {
  test.for<[Record<string, unknown>, string, string]>([
    [{}, 'POST', '{"a":1}\n{"a":2}\n'],
    [{ body: 'array', method: 'PUT' }, 'PUT', '[{"a":1},{"a":2}]'],
    [{ body: 'array', gzip: true }, 'POST', '[{"a":1},{"a":2}]'],
  ])('%o', async ([options, method, text]) => {
    await using server = await endpoint(() => ({ status: 204 }))
    const delivery = await open({ url: server.url, ...options })
    expect(await delivery.deliver(parcelOf([{ a: 1 }, { a: 2 }]), never)).toEqual(delivered)
    await delivery.close()
    expect(server.requests).toMatchObject([{ method, text }])
  })

  test('a JSON array is the events, whatever they hold', async () => {
    await using server = await endpoint(() => ({ status: 200 }))
    const delivery = await open({ url: server.url, body: 'array' })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { minLength: 1 }), async (events) => {
        await delivery.deliver(parcelOf(events), never)
        expect(JSON.parse(server.requests.at(-1)?.text ?? '')).toEqual(JSON.parse(JSON.stringify(events)))
      }),
      { numRuns: 30 },
    )
    await delivery.close()
  })

  test.for<[Record<string, unknown>, Record<string, string>]>([
    [{ bearer: 'env:TOKEN' }, { authorization: 'Bearer good-token' }],
    [{ basic: { user: 'u', password: 'env:PASSWORD' } }, { authorization: `Basic ${btoa('u:pass:word')}` }],
    [{ headers: { 'X-Api-Key': 'env:TOKEN', 'X-Plain': 'text' } }, { 'x-api-key': 'good-token', 'x-plain': 'text' }],
  ])('credentials by reference: %o', async ([options, headers]) => {
    await using server = await endpoint(() => ({ status: 200 }))
    const delivery = await open({ url: server.url, ...options })
    expect(await delivery.deliver(parcelOf([1]), never)).toEqual(delivered)
    await delivery.close()
    expect(server.requests[0]?.headers).toMatchObject(headers)
  })
})

describe('answers', () => {
  test.for<[number, string]>([
    [200, 'delivered'],
    [202, 'delivered'],
    [302, 'configuration'],
    [400, 'rejected'],
    [401, 'configuration'],
    [403, 'configuration'],
    [404, 'configuration'],
    [408, 'retry'],
    [413, 'rejected'],
    [422, 'rejected'],
    [429, 'retry'],
    [500, 'retry'],
    [503, 'retry'],
  ])('%i means %s', ([status, action]) => expect(actionOf(status)).toBe(action))

  test('the bad events are found and rejected, the others are delivered in order', async () => {
    const input = fc.tuple(fc.uniqueArray(fc.integer({ min: 0, max: 15 })), fc.constantFrom(400, 413, 422))
    await fc.assert(
      fc.asyncProperty(input, async ([bad, status]) => {
        const accepted: number[] = []
        await using server = await endpoint(({ text }) => {
          const events = JSON.parse(text) as number[]
          if (events.some((event) => bad.includes(event))) return { status }
          accepted.push(...events)
          return { status: 200 }
        })
        const delivery = await open({ url: server.url, body: 'array' })
        const events = Array.from({ length: 16 }, (_, n) => n)
        const receipt = await delivery.deliver(parcelOf(events), never)
        await delivery.close()
        expect(receipt.except?.map(({ at }) => at) ?? []).toEqual(bad.toSorted((a, b) => a - b))
        expect(accepted).toEqual(events.filter((event) => !bad.includes(event)))
      }),
      { numRuns: 30 },
    )
  })

  test('credentials that are refused are never the events’ fault, and mended ones are taken', async () => {
    secrets['env:MENDED'] = 'old'
    await using server = await endpoint(({ headers }) => ({
      status: headers.authorization === 'Bearer new' ? 200 : 401,
    }))
    const delivery = await open({ url: server.url, bearer: 'env:MENDED' })
    expect(await delivery.deliver(parcelOf([1, 2]), never)).toEqual({
      all: 'retry',
      reason: 'the receiver answered 401',
      afterMs: 60_000,
    })
    secrets['env:MENDED'] = 'new'
    expect(await delivery.deliver(parcelOf([1, 2]), never)).toEqual(delivered)
    await delivery.close()
  })

  test('a redirect is not followed', async () => {
    await using other = await endpoint(() => ({ status: 200 }))
    await using server = await endpoint(() => ({ status: 307, headers: { location: other.url } }))
    const delivery = await open({ url: server.url, bearer: 'env:TOKEN' })
    expect(await delivery.deliver(parcelOf([1]), never)).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('redirect'),
    })
    await delivery.close()
    expect(other.requests).toEqual([])
  })

  test('Retry-After as a date', async () => {
    const date = new Date(Date.now() + 90_000).toUTCString()
    await using server = await endpoint(() => ({ status: 503, headers: { 'retry-after': date } }))
    const delivery = await open({ url: server.url })
    const { afterMs } = await delivery.deliver(parcelOf([1]), never)
    expect(afterMs).toBeGreaterThan(60_000)
    await delivery.close()
  })

  test('none: it may have arrived; refused: it did not', async () => {
    const { url } = await (async () => {
      await using server = await endpoint(() => undefined)
      const delivery = await open({ url: server.url, timeout: '50ms' })
      expect(await delivery.deliver(parcelOf([1]), never)).toMatchObject({ all: 'unknown' })
      await delivery.close()
      return server
    })()
    const delivery = await open({ url })
    expect(await delivery.deliver(parcelOf([1]), never)).toMatchObject({ all: 'retry' })
    await delivery.close()
  })
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'siembridge-http-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!hasOpenssl)(`over TLS${hasOpenssl ? '' : ' (needs openssl on PATH)'}`, () => {
  test('an authority of its own and a client certificate', async () => {
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync(
      'openssl',
      ['req', '-x509', ...ec, '-keyout', key, '-out', cert, '-subj', '/CN=x', '-addext', 'subjectAltName=IP:127.0.0.1'],
      { stdio: 'pipe' },
    )
    const pem = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
    Object.assign(secrets, { 'file:cert': pem.cert, 'file:key': pem.key })
    await using server = await endpoint(() => ({ status: 200 }), {
      ...pem,
      ca: pem.cert,
      requestCert: true,
      rejectUnauthorized: true,
    })
    const trusting = await open({ url: server.url, ca: 'file:cert', cert: 'file:cert', key: 'file:key' })
    expect(await trusting.deliver(parcelOf([1]), never)).toEqual(delivered)
    await trusting.close()
    const untrusting = await open({ url: server.url })
    expect(await untrusting.deliver(parcelOf([1]), never)).toMatchObject({ all: 'retry' })
    await untrusting.close()
  })
})

test('check tells what the endpoint says to the credentials', async () => {
  const check = async (url: string) => (await listOf(httpTarget.check(contextFor({ url })))).map(({ is }) => is)
  for (const [status, is] of [
    [200, 'good'],
    [405, 'good'],
    [401, 'bad'],
    [302, 'bad'],
  ] as const) {
    await using server = await endpoint(() => ({ status }))
    expect(await check(server.url)).toEqual([is])
  }
  expect(await check('http://127.0.0.1:1')).toEqual(['bad'])
})

test.for<[Record<string, unknown>, string]>([
  [{ url: 'ftp://x' }, 'write https://'],
  [{ url: 'https://x', cert: 'env:A' }, 'both or none'],
  [{ url: 'https://x', bearer: 'env:A', basic: { user: 'u', password: 'env:B' } }, 'exclude'],
  [{ url: 'https://x', batch_bytes: 'huge' }, '64KiB'],
])('options %o are wrong, and why is told', ([options, why]) => {
  expect(httpTarget.options.safeParse(options).error?.issues.map(({ message }) => message)).toContainEqual(
    expect.stringContaining(why),
  )
})
