import { formats, Output } from '@siembridge/engine'
import { expect, test } from 'vitest'
import { disagreement, filter, pairOf, prefix, samples } from './compare.ts'

// As they stand, and on one line as the sources send them: that is what generated code prints without escaping.
const all = samples().flatMap(({ name, bytes }) => [
  { name, bytes },
  { name: `${name}, minified`, bytes: Buffer.from(JSON.stringify(JSON.parse(bytes.toString('utf8')))) },
])

test.each(formats)('every sample in %s: both engines agree', async (to) => {
  const pairs = [
    await pairOf(to, { to }),
    await pairOf(`${to}, filter`, { to, filter }),
    await pairOf(`${to}, prefix`, { to, prefix }),
    ...(to === 'cef' || to === 'leef'
      ? [await pairOf(`${to}, small`, { to, maxBytes: 500 }), await pairOf(`${to}, no cap`, { to, maxBytes: 0 })]
      : []),
  ]
  for (const { name, bytes } of all)
    for (const pair of pairs) expect(disagreement(pair, bytes), `${name} in ${pair.name}`).toBeUndefined()
})

test('samples go through the generated engine', async () => {
  const { generated } = await pairOf('cef', { to: 'cef' })
  for (const { bytes } of all) expect(generated.record(bytes, new Output()).rejected).toBeUndefined()
  expect([...generated.fallbacks.keys()].filter((reason) => reason === 'fault' || reason === 'not-recognised')).toEqual(
    [],
  )
})

const activity = {
  time: '2026-06-01T00:00:00Z',
  resourceId: '/SUBSCRIPTIONS/X/RESOURCEGROUPS/Y/PROVIDERS/A/B/C',
  operationName: 'A/B/WRITE',
  category: 'Administrative',
  resultType: 'Start',
  correlationId: 'c',
  identity: {},
  level: 'Information',
  tenantId: 't',
}

// Texts in texts, which the bytes of the record show in other ways than its own.
test.each([
  '{"message":" x"}',
  '{"message":"x "}',
  '{"message": " x "}',
  "{'message': ' x '}",
  "{'message':'x '}",
  '{"message":"x=y"}',
  '{"message":"\\t x"}',
  '{"message":"a|b"}',
])('an activity with %s inside: both engines agree', async (properties) => {
  const pair = await pairOf('cef', { to: 'cef' })
  // The last two are scanned and parsed: an escape and a key that stands twice keep them off the tape.
  for (const caller of ['"ana"', '"\u00e4na"', '"a=na "', '"\\u0061na"', '"ana","level":"Information"']) {
    const text = JSON.stringify({ ...activity, properties }).replace(/}$/, `,"caller":${caller}}`)
    expect(disagreement(pair, Buffer.from(text))).toBeUndefined()
  }
})
