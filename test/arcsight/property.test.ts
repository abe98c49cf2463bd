import { arcsightKit } from '@siembridge/arcsight'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { samples } from '../samples.ts'
import { files, generated } from './folder.ts'

const flat = arcsightKit.verify(files, {})
const raw = arcsightKit.verify(generated({ form: 'raw' }), { form: 'raw' })

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '-',
    '',
    ' ',
    'N/A',
    '1.2.3.4',
    '203.0.113.7:443',
    '2001:db8::1',
    'a|b=c\\d',
    'x'.repeat(5000),
    '\u0000\n"',
    'true',
    '2026-01-01',
  ),
)
const leaf = fc.oneof(
  texts,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.constant([]),
  fc.constant({}),
)

/** A sample with some of its members replaced by anything. */
const record = fc
  .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(), leaf), { minLength: 1, maxLength: 4 }))
  .map(([sample, changes]) => {
    const value = JSON.parse(sample.bytes.toString('utf8')) as unknown
    for (const [at, by] of changes) replaceLeaf(value, at, by)
    return Buffer.from(JSON.stringify(value))
  })

function replaceLeaf(value: unknown, at: number, by: unknown): void {
  const places: [holder: Record<string, unknown>, key: string][] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const [key, member] of Object.entries(node)) {
      if (typeof member === 'object' && member !== null) walk(member)
      else places.push([node as Record<string, unknown>, key])
    }
  }
  walk(value)
  const place = places[at % Math.max(1, places.length)]
  if (place) place[0][place[1]] = by
}

test('whatever a record holds, the parser of its flat form neither throws nor sets a field otherwise than CEF does', () => {
  fc.assert(
    fc.property(record, (bytes) => {
      for (const { problems } of flat.record(bytes)) expect(problems).toEqual([])
    }),
    { numRuns: 1500 },
  )
})

test('whatever a record holds, the parsers of Microsoft’s records do not throw, and what they miss or mistake is told', () => {
  fc.assert(
    fc.property(record, (bytes) => {
      for (const { problems } of raw.record(bytes))
        for (const { is } of problems) expect(['missing', 'wrong', 'type', 'cut']).toContain(is)
    }),
    { numRuns: 600 },
  )
})

test('records that are none of Microsoft’s go through any parser without a throw', () => {
  fc.assert(
    fc.property(fc.json(), (text) => void flat.record(Buffer.from(text))),
    { numRuns: 300 },
  )
})
