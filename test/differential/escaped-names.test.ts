import { createEngine } from '@siembridge/engine'
import { expect, test } from 'vitest'

test('a record with an escaped name is read by the parser of ours', async () => {
  const engine = await createEngine({ to: 'flat' })
  const out = { size: 0, line: () => undefined, back: () => undefined }
  engine.record(Buffer.from('{"a":"\\u00e9","\\u0063":2}'), out)
  expect([...engine.fallbacks.keys()]).toEqual(['escaped-key'])
})
