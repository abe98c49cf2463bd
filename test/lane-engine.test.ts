import { createEngine, formats, Output } from '@siembridge/engine'
import { createAnnotator, createEncoder } from '@siembridge/engine/lane'
import { isProblem, readCef } from '@siembridge/formats'
import { describe, expect, test } from 'vitest'
import { samples } from './samples.ts'

const tenant = '11111111-2222-4333-8444-555555555555'
const all = samples.map(({ bytes }) =>
  Buffer.from(
    bytes
      .toString()
      .trim()
      .replace(/[\r\n]+/g, ' '),
  ),
)

function lines(out: Output): string[] {
  const text = out.take().toString('utf8')
  return text === '' ? [] : text.slice(0, -1).split('\n')
}

/** Formats whose lines can be shortened; the others have no limit. */
const limited: readonly string[] = ['cef', 'leef', 'flat']

describe.each(formats)('%s', (to) => {
  test('an encoder without options writes what the reference interpreter writes', async () => {
    const encoder = await createEncoder({ to, maxBytes: limited.includes(to) ? 0 : 1 })
    const oracle = await createEngine({
      to,
      engine: 'reference',
      ...(limited.includes(to) && { maxBytes: 0 }),
    })
    const out = new Output()
    for (const record of all) {
      const count = encoder.encode(record, tenant, undefined, out)
      const encoded = lines(out)
      oracle.record(record, out, false, tenant)
      const wanted = lines(out)
      expect(count).toBe(wanted.length)
      const still = (line: string): string =>
        line
          .replace(/"(ingested|created)":"[^"]*"/g, '')
          .replace(/\brt=\d+/g, '')
          .replace(/"@timestamp":"[^"]*"/g, '')
      expect(encoded.map(still)).toEqual(wanted.map(still))
    }
  })

  test('extras are read back, and the line is still one of the format', async () => {
    const tags = { customer: 'Zürich = "a|b"', site: 'x\\y' }
    const encoder = await createEncoder({ to, tags })
    const out = new Output()
    for (const record of all) {
      encoder.encode(record, tenant, 'updated', out)
      for (const line of lines(out)) {
        if (to === 'cef') {
          const event = readCef(line)
          if (isProblem(event)) throw new Error(event.problem)
          expect(event.extensions).toMatchObject({ ...tags, sbChange: 'updated' })
        } else if (to === 'leef' || to === 'mcas-agent') expect(line).toContain('sbChange=updated')
        else expect(JSON.stringify(JSON.parse(line))).toContain('"sbChange":"updated"')
      }
    }
  })
})

describe('annotations', () => {
  test('ids are those that every format carries, and the tenant of the lane stands where the record is silent', async () => {
    const annotator = await createAnnotator({ filters: [undefined, 'severity >= high'] })
    const encoder = await createEncoder({ to: 'flat' })
    const out = new Output()
    for (const record of all) {
      const told = annotator.annotate(record, tenant)
      if ('rejected' in told) throw new Error(told.rejected)
      encoder.encode(told.bytes, tenant, undefined, out)
      const ids = lines(out).map((line) => (JSON.parse(line) as { sb_event_id: string }).sb_event_id)
      expect(told.events.map((e) => e.id)).toEqual(ids)
      expect(told.routes & 1).toBe(ids.length > 0 ? 1 : 0)
    }
  })

  test('what is no record is refused with its signatures masked', async () => {
    const annotator = await createAnnotator({ filters: [] })
    const told = annotator.annotate(Buffer.from('{"a":"https://x/?sig=0123456789abcdefghijklmn"} trailing'), undefined)
    expect(told).toHaveProperty('rejected')
    expect(told.bytes.toString()).not.toContain('0123456789abcdef')
  })
})

describe('hiding', () => {
  const signIn = Buffer.from(
    JSON.stringify({
      id: 'a',
      createdDateTime: '2026-01-02T03:04:05Z',
      appId: 'x',
      status: { errorCode: 0 },
      userPrincipalName: 'jürgen@contoso.com',
      ipAddress: '203.0.113.9',
    }),
  )

  test('a dropped, masked or pseudonymous value is nowhere in the event', async () => {
    const out = new Output()
    for (const options of [
      { drop: ['user.name', 'user.email', 'source.ip'] },
      { mask: ['user.name', 'user.email', 'source.ip'] },
      { pseudonymise: { fields: ['user.name', 'user.email', 'source.ip'], key: 'k' } },
    ])
      for (const to of ['cef', 'leef', 'flat', 'ecs', 'hec-flat'] as const) {
        const encoder = await createEncoder({ to, ...options })
        encoder.encode(signIn, tenant, undefined, out)
        const text = out.take().toString()
        expect(text.length).toBeGreaterThan(100)
        expect(text).not.toContain('203.0.113.9')
        expect(text).not.toContain('jürgen')
      }
  })

  test('formats that carry the record itself refuse to hide', async () => {
    await expect(createEncoder({ to: 'hec', drop: ['user.name'] })).rejects.toThrow(RangeError)
  })
})

test('each entity is an event of its own where the route asks for it', async () => {
  const encoder = await createEncoder({ to: 'flat', expand: true })
  const out = new Output()
  const alert = samples.find((s) => s.type === 'xdr.alert')
  encoder.encode(Buffer.from((alert?.bytes.toString().trim() ?? '').replace(/[\r\n]+/g, ' ')), tenant, undefined, out)
  const ids = lines(out).map((line) => (JSON.parse(line) as { sb_event_id: string }).sb_event_id)
  expect(ids.length).toBeGreaterThan(1)
  expect(new Set(ids).size).toBe(ids.length)
})

test.for(['hec', 'hec-flat'] as const)('%s: index and sourcetype by rule', async (to) => {
  const encoder = await createEncoder({
    to,
    hec: { index: [{ when: 'type == entra.sign-in', is: 'identity' }, { is: 'main' }], host: 'h' },
  })
  const out = new Output()
  for (const record of all) encoder.encode(record, tenant, undefined, out)
  const indexes = lines(out).map(
    (line) => JSON.parse(line) as { index: string; host: string; fields: { sb_type: string }; time?: number },
  )
  for (const { index, host, fields } of indexes)
    expect([index, host]).toEqual([fields.sb_type === 'entra.sign-in' ? 'identity' : 'main', 'h'])
})
