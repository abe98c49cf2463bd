import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostile } from '../hostile.test.ts'
import { FrameDecoder, frameLine, frameOctets } from './framing.ts'
import type { FrameOptions } from './framing.ts'

function decode(
  stream: Buffer,
  cuts: readonly number[],
  options?: FrameOptions,
): { frames: string[]; decoder: FrameDecoder } {
  const decoder = new FrameDecoder(options)
  const at = [0, ...cuts.map((cut) => cut % (stream.length + 1)).toSorted((a, b) => a - b), stream.length]
  const frames = at.slice(1).flatMap((end, i) => decoder.push(stream.subarray(at[i], end)))
  return { frames: [...frames, ...decoder.end()].map(String), decoder }
}

const record = fc.tuple(
  fc.boolean(),
  hostile.map((text) => `<13>${Buffer.from(text).toString()}`),
)
const cuts = fc.array(fc.nat(), { maxLength: 20 })

test('octet counting counts bytes', () => {
  expect(frameOctets(Buffer.from('<13>é')).toString()).toBe('6 <13>é')
})

test('newline framing never lets a record become two', () => {
  expect(frameLine('<13>a\nb')).toBe('<13>a b\n')
})

test('frames of both kinds come out as they went in, however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), cuts, (records, where) => {
      const framed = records.map(([counted, text]) =>
        counted ? frameOctets(Buffer.from(text)) : Buffer.from(frameLine(text)),
      )
      const { frames, decoder } = decode(Buffer.concat(framed), where)
      const sent = records.map(([counted, text]) => (counted ? text : text.replaceAll('\n', ' ').replace(/\r$/, '')))
      expect(frames).toEqual(sent)
      expect(decoder.problem).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})

test('byte by byte is a chunking too', () => {
  const stream = Buffer.from('6 <13>é<13>line\r\n<13>last')
  expect(
    decode(
      stream,
      Array.from({ length: stream.length }, (_, i) => i),
    ).frames,
  ).toEqual(['<13>é', '<13>line', '<13>last'])
})

test('lines without PRI are read when told so, and empty ones skipped', () => {
  expect(decode(Buffer.from('2026 a\n\nCEF:0|\n'), [], { framing: 'lines' }).frames).toEqual(['2026 a', 'CEF:0|'])
})

describe('the decoder stops', () => {
  test.each([
    ['at garbage', '<13>ok\ngarbage\n<13>lost\n', {}, 7],
    ['at a length with a leading zero', '05 <13>x', {}, 0],
    ['at a length without a space', '3<13>', {}, 0],
    ['at a counted frame above the limit', '<1>\n11 <13>1234567', { maxFrameBytes: 10 }, 4],
    ['at an endless length', '1'.repeat(50), {}, 0],
    ['at a line above the limit', '<13>12345678', { maxFrameBytes: 10 }, 0],
    ['at the end of half a frame', '<1>\n10 <13>', {}, 4],
    ['at a line where octet counting was agreed', '<13>x\n', { framing: 'octets' } as const, 0],
  ])('%s', (_, stream, options, at) => {
    const { decoder } = decode(Buffer.from(stream), [3], options)
    expect(decoder.problem).toEqual({ problem: expect.any(String), at })
    expect(decoder.push(Buffer.from('<13>more\n'))).toEqual([])
  })
})
