import { expect, test } from 'vitest'
import { contextFor, Kept } from '../testing/lane.ts'
import { readStream, stdinSource } from './stdin-source.ts'

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text)
}

test('a stream is read to its end, however it is cut, and everything is durable then', async () => {
  const kept = new Kept()
  kept.prompt = false
  const context = contextFor(stdinSource.options.parse({}), kept, new AbortController().signal)
  await readStream(context, chunks('{"a":1}\n{"a"', ':2}\n[{"a":3},', '{"a":4}]\n{"a":5}'))
  expect(kept.records).toEqual([1, 2, 3, 4, 5].map((n) => `{"a":${n}}`))
  expect(kept.streams).toEqual(['stdin'])
})
