import { createEngine, Output } from '@siembridge/engine'
import { expect, test } from 'vitest'
import { samples } from '../samples.ts'
import { lines, siembridge } from './run.ts'

// Code of a log type is loaded with its first record; a process that has seen nothing must print that one whole.
const firsts = [...new Map(samples.map((sample) => [sample.type, sample])).values()]

test('the first record that a process sees of each log type is whole', async () => {
  const stdin = firsts
    .map(({ bytes }) =>
      bytes
        .toString('utf8')
        .trim()
        .replace(/[\r\n]+/g, ' '),
    )
    .join('\n')
  const oracle = await createEngine({ to: 'cef', engine: 'reference' })
  const out = new Output()
  for (const record of stdin.split('\n')) oracle.record(Buffer.from(record), out)
  const { stdout } = await siembridge(['convert', '--to', 'cef', '-q'], { stdin })
  expect(lines(stdout)).toEqual(lines(out.take().toString('utf8')))
})
