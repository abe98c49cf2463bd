import { createBudgets } from '@siembridge/core/budget'
import { createHttp, type Http } from '@siembridge/core/http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TestClock } from '../../test/clock.ts'
import { inTurn, json, serve, type TestServer } from '../../test/server.ts'
import { feedCodes } from './codes.ts'
import { feedError, officeVerdict } from './error.ts'
import { createOffice, type OfficeTransport } from './transport.ts'

let server: TestServer
let http: Http
let clock: TestClock
let office: OfficeTransport

beforeEach(async () => {
  server = await serve(json([]))
  http = createHttp({ ca: server.ca, noProxy: '*' })
  clock = new TestClock()
  const tokens = { token: () => Promise.resolve('token'), credential: () => Promise.reject(new Error()) }
  const budgets = createBudgets({ clock, limits: {} })
  office = createOffice({
    name: 'contoso',
    origin: server.origin,
    tenantId: 't',
    clientId: 'c',
    tokens,
    budgets,
    clock,
    http,
    verdict: officeVerdict,
  })
})
afterEach(async () => {
  await http.close()
  server.close()
})

const get = () => office.request({ method: 'GET', url: `${office.feed}/subscriptions/list` })
const refused = (code: string, status: number) => json({ error: { code, message: 'x' } }, status)

describe('the transport of the Management Activity API', () => {
  it('azure-10.1f waits when AF429 comes with status 403', async () => {
    server.answer = inTurn(
      refused('AF429', 403),
      json("{'error':{'code':'AF429','message':'Too many requests. Method=GetBlob'}}", 403),
      json([]),
    )
    const waits: string[] = []
    const answer = await office.request({
      method: 'GET',
      url: `${office.feed}/x`,
      onWait: ({ why }) => waits.push(why),
    })
    expect(answer.status).toBe(200)
    expect(waits).toEqual(['throttled', 'throttled'])
    expect(clock.elapsed()).toBeGreaterThanOrEqual(3000)
  })

  it.each(['AF50000', 'AF50005', 'AF50006'])('azure-1.11 tries again after %s', async (code) => {
    server.answer = inTurn(refused(code, 500), json([]))
    expect((await get()).status).toBe(200)
  })

  it.each([
    ['408', json('', 408)],
    ['503 in HTML', json('<html>', 503)],
    ['200 in HTML', json('<html>', 200)],
    ['200 that is broken off', json('[{"Id":', 200)],
  ] as const)('azure-1.11 tries again after %s', async (_, answer) => {
    server.answer = inTurn(answer, json([]))
    expect((await get()).json).toEqual([])
  })

  it.each(['AF10001', 'AF20022', 'AF20024', 'AF20051'])('gives %s back at once', async (code) => {
    server.answer = refused(code, 400)
    expect(feedError(await get()).code).toBe(code)
    expect(server.requests).toHaveLength(1)
  })

  it('azure-1.11 reads a blob of many megabytes whole', async () => {
    server.answer = json(Array.from({ length: 200 }, (_, Id) => ({ Id, x: 'y'.repeat(100_000) })))
    expect((await get()).json).toHaveLength(200)
  })

  it('knows every code of the reference, each with something to do', () => {
    expect(Object.keys(feedCodes)).toHaveLength(25)
    for (const { means, action } of Object.values(feedCodes)) expect(`${means} ${action}`).toMatch(/\w+ \w+/)
  })
})
