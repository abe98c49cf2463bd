import { hecCodes } from '@siembridge/formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collector, good, type Said } from '../testing/collector.ts'
import { listOf, contextFor, never, open, parcelOf, secrets } from '../testing/context.ts'
import { actionOf, collectorCodes } from './codes.ts'
import { splunkHecTarget } from './index.ts'

const delivered = { all: 'delivered' }
const code = (number: number): Said => ({
  status: collectorCodes[number]?.http ?? 503,
  body: { text: collectorCodes[number]?.text ?? 'Server is shutting down', code: number },
})

test('a batch is envelopes one after the other, under the token', async () => {
  await using splunk = await collector(() => good)
  const delivery = await open({ url: splunk.url })
  expect(await delivery.deliver(parcelOf([1, 2, 3]), never)).toEqual(delivered)
  await delivery.close()
  expect(splunk.requests).toMatchObject([
    { path: '/services/collector/event', events: [1, 2, 3], headers: { authorization: 'Splunk good-token' } },
  ])
})

test.for([true, false, 'auto'])('gzip: %s', async (gzip) => {
  await using splunk = await collector(() => good)
  const delivery = await open({ url: splunk.url, gzip })
  await delivery.deliver(parcelOf([1]), never)
  await delivery.close()
  expect(splunk.requests[0]?.events).toEqual([1])
  expect(splunk.requests[0]?.headers['content-encoding']).toBe(gzip === true ? 'gzip' : undefined)
})

describe('every code of the collector', () => {
  const codes = [...Object.keys(collectorCodes).map(Number), 23, 99]
  test.for(codes)('%i', async (number) => {
    const first = code(number)
    await using splunk = await collector((_, at) => (at === 0 ? first : good))
    const delivery = await open({ url: splunk.url })
    const receipt = await delivery.deliver(parcelOf([1]), never)
    await delivery.close()
    const action = number > 22 ? 'retry' : collectorCodes[number]?.action
    if (action === 'delivered') expect(receipt).toEqual(delivered)
    else if (action === 'rejected')
      expect(receipt).toMatchObject({
        all: 'delivered',
        except: [{ at: 0, is: 'rejected', reason: expect.stringContaining(`code ${number}`) }],
      })
    else {
      expect(receipt).toMatchObject({ all: 'retry', reason: expect.stringContaining(`code ${number}`) })
      expect(receipt.afterMs).toBe(action === 'configuration' ? 60_000 : 0)
    }
  })

  test('texts are those that the envelope reader of the formats knows', () => {
    for (const [number, text] of Object.entries(hecCodes)) expect(collectorCodes[Number(number)]?.text).toBe(text)
  })

  test.for<[number, number | undefined, string]>([
    [200, undefined, 'configuration'],
    [302, undefined, 'configuration'],
    [404, undefined, 'retry'],
    [408, undefined, 'retry'],
    [429, 9, 'retry'],
    [429, undefined, 'retry'],
    [500, undefined, 'retry'],
    [502, undefined, 'retry'],
    [504, undefined, 'retry'],
    [503, 23, 'retry'],
    [413, undefined, 'rejected'],
    [400, undefined, 'rejected'],
    [401, undefined, 'configuration'],
    [418, undefined, 'configuration'],
  ])('status %i with code %s means %s', ([status, number, action]) => expect(actionOf(status, number)).toBe(action))
})

describe('bad events', () => {
  /** Judges as the collector does: the first bad event of a request spoils it. */
  const judging =
    (isBad: (event: number) => boolean, numbered: boolean) =>
    (request: { events: unknown[] }): Said => {
      const at = request.events.findIndex((event) => isBad(event as number))
      if (at < 0) return good
      return {
        status: 400,
        body: { text: 'Invalid data format', code: 6, ...(numbered && { 'invalid-event-number': at }) },
      }
    }

  test('are rejected alone, wherever they are and whether or not the collector says which', async () => {
    const input = fc.tuple(fc.uniqueArray(fc.integer({ min: 0, max: 19 })), fc.boolean())
    await fc.assert(
      fc.asyncProperty(input, async ([bad, numbered]) => {
        await using splunk = await collector(judging((event) => bad.includes(event), numbered))
        const delivery = await open({ url: splunk.url })
        const events = Array.from({ length: 20 }, (_, n) => n)
        const receipt = await delivery.deliver(parcelOf(events), never)
        await delivery.close()
        expect(receipt.all).toBe('delivered')
        expect(receipt.except?.map(({ at }) => at) ?? []).toEqual(bad.toSorted((a, b) => a - b))
        const accepted = splunk.requests.filter(({ events }) => !events.some((event) => bad.includes(event as number)))
        expect(accepted.flatMap(({ events }) => events)).toEqual(events.filter((event) => !bad.includes(event)))
      }),
      { numRuns: 30 },
    )
  })

  test('a request that is too large is cut in two, an event that is too large is rejected', async () => {
    await using splunk = await collector(({ text }) => (text.length > 100 ? { status: 413 } : good))
    const delivery = await open({ url: splunk.url })
    const receipt = await delivery.deliver(parcelOf(['a', 'x'.repeat(200), 'b', 'c', 'd', 'e', 'f']), never)
    await delivery.close()
    expect(receipt).toMatchObject({
      all: 'delivered',
      except: [{ at: 1, is: 'rejected', reason: 'Splunk answered 413' }],
    })
  })

  test('what was delivered before a busy answer is told', async () => {
    await using splunk = await collector((request, at) => (at === 0 ? { status: 413 } : at === 1 ? good : code(9)))
    const delivery = await open({ url: splunk.url })
    expect(await delivery.deliver(parcelOf([1, 2, 3, 4]), never)).toMatchObject({
      all: 'retry',
      except: [
        { at: 0, is: 'delivered' },
        { at: 1, is: 'delivered' },
      ],
    })
    await delivery.close()
  })
})

describe('the network', () => {
  test('Retry-After is obeyed, in fractions too', async () => {
    await using splunk = await collector(() => ({ status: 429, headers: { 'retry-after': '1.5' } }))
    const delivery = await open({ url: splunk.url })
    expect(await delivery.deliver(parcelOf([1]), never)).toMatchObject({ all: 'retry', afterMs: 1500 })
    await delivery.close()
  })

  test('no answer to what was sent: it may have arrived', async () => {
    await using splunk = await collector(() => undefined)
    const delivery = await open({ url: splunk.url, timeout: '50ms' })
    expect(await delivery.deliver(parcelOf([1]), never)).toMatchObject({ all: 'unknown' })
    await delivery.close()
  })

  test('refused: it did not arrive', async () => {
    const { url } = await (async () => {
      await using splunk = await collector(() => good)
      return splunk
    })()
    const delivery = await open({ url })
    expect(await delivery.deliver(parcelOf([1]), never)).toMatchObject({ all: 'retry' })
    await delivery.close()
  })

  test('a token that is mended is taken without a restart', async () => {
    await using splunk = await collector(({ headers }) => (headers.authorization === 'Splunk new' ? good : code(4)))
    const delivery = await open({ url: splunk.url, token: 'env:MENDED' })
    expect(await delivery.deliver(parcelOf([1]), never)).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('no secret'),
    })
    secrets['env:MENDED'] = 'old'
    const told = await delivery.deliver(parcelOf([1]), never)
    expect(told).toMatchObject({ all: 'retry', reason: expect.stringContaining('Invalid token') })
    expect(told.reason).not.toContain('old')
    secrets['env:MENDED'] = 'new'
    expect(await delivery.deliver(parcelOf([1]), never)).toEqual(delivered)
    await delivery.close()
  })
})

test('whatever Splunk answers: every event arrives at least once and in order, and what counts as delivered arrived', async () => {
  const lost = 'no answer though it was taken'
  const answer = fc.constantFrom<Said | typeof lost>(
    good,
    code(9),
    code(8),
    code(4),
    { status: 429 },
    { status: 502 },
    { status: 413 },
    lost,
  )
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { maxLength: 8 }), async (answers) => {
      const taken: unknown[] = []
      await using splunk = await collector(({ events }, at) => {
        const said = answers[at] ?? good
        // An event alone is not too large.
        const is = said !== lost && said.status === 413 && events.length === 1 ? good : said
        if (is === lost || is === good) taken.push(...events)
        return is === lost ? undefined : is
      })
      const delivery = await open({ url: splunk.url, timeout: '40ms' })
      const batches = [[1, 2, 3], [4], [5, 6]]
      for (const batch of batches) {
        let left = batch
        for (let attempt = 0; left.length > 0; attempt++) {
          const { all, except = [] } = await delivery.deliver(parcelOf(left, attempt), never)
          const told = new Map(except.map(({ at, is }) => [at, is]))
          const done = left.filter((_, at) => (told.get(at) ?? all) === 'delivered')
          for (const event of done) expect(taken).toContain(event)
          left = left.filter((event) => !done.includes(event))
        }
      }
      await delivery.close()
      expect([...new Set(taken)]).toEqual(batches.flat())
    }),
    { numRuns: 40, endOnFailure: true },
  )
})

describe('indexer acknowledgement', () => {
  const acknowledging = (stored: (id: number, asked: number) => boolean) => {
    let ids = 0
    let asked = 0
    return ({ path, text }: { path: string; text: string }): Said => {
      if (path.includes('/event'))
        return {
          status: 200,
          headers: { 'set-cookie': 'AWSELB=one; Expires=Thu, 01 Jan 2030 00:00:00 GMT; Path=/' },
          body: { text: 'Success', code: 0, ackId: ids++ },
        }
      asked++
      const { acks } = JSON.parse(text) as { acks: number[] }
      return { status: 200, body: { acks: Object.fromEntries(acks.map((id) => [id, stored(id, asked)])) } }
    }
  }

  test('a parcel is delivered when the indexers have it, not before', async () => {
    await using splunk = await collector(acknowledging((_, asked) => asked >= 3))
    const delivery = await open({ url: splunk.url, acknowledge: true, acknowledge_every: '1s' })
    const parcels = [1, 2, 3].map((n) => delivery.deliver(parcelOf([n]), never))
    expect(await Promise.all(parcels)).toEqual([delivered, delivered, delivered])
    expect(splunk.events()).toEqual([1, 2, 3])
    const asked = splunk.requests.filter(({ path }) => path.includes('/ack'))
    expect(asked.length).toBeGreaterThanOrEqual(3)
    const channel = splunk.requests[0]?.headers['x-splunk-request-channel']
    expect(channel).toMatch(/^[0-9a-f-]{36}$/)
    expect(asked[0]?.path).toBe(`/services/collector/ack?channel=${String(channel)}`)
    expect(asked[0]?.headers.cookie).toBe('AWSELB=one')
    await delivery.close()
  })

  test('what is not acknowledged in time is sent again', async () => {
    await using splunk = await collector(acknowledging(() => false))
    const delivery = await open({
      url: splunk.url,
      acknowledge: true,
      acknowledge_every: '1s',
      acknowledge_within: '5s',
    })
    expect(await delivery.deliver(parcelOf([1]), never)).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('not acknowledged'),
    })
    await delivery.close()
  })

  test('close waits for what is under way', async () => {
    await using splunk = await collector(acknowledging((_, asked) => asked >= 2))
    const delivery = await open({
      url: splunk.url,
      acknowledge: true,
      acknowledge_every: '1h',
      acknowledge_within: '2h',
    })
    const receipt = delivery.deliver(parcelOf([1]), never)
    while (splunk.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await delivery.close()
    expect(await receipt).toEqual(delivered)
  })
})

describe('check', () => {
  const check = (url: string) => listOf(splunkHecTarget.check(contextFor({ url })))
  const healthy = { status: 200, body: { text: 'HEC is healthy', code: 17 } }

  test('a collector that is well and takes the token', async () => {
    await using splunk = await collector(({ path }) => (path.endsWith('health') ? healthy : code(5)))
    expect((await check(splunk.url)).map(({ is }) => is)).toEqual(['good', 'good'])
    expect(splunk.events()).toEqual([])
  })

  test('a token that is disabled, and something that is no collector', async () => {
    await using splunk = await collector(({ path }) => (path.endsWith('health') ? healthy : code(1)))
    expect((await check(splunk.url))[1]).toMatchObject({
      is: 'bad',
      says: expect.stringContaining('Token disabled'),
      help: expect.stringContaining('Enable'),
    })
    await using other = await collector(() => ({ status: 200, body: 'hello' }))
    expect((await check(other.url))[0]).toMatchObject({ is: 'bad', help: expect.stringContaining('8088') })
  })

  test('nothing listens', async () => {
    expect(await check('http://127.0.0.1:1')).toMatchObject([{ is: 'bad', help: expect.any(String) }])
  })
})
