import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLsx } from './evaluate/check.ts'
import { evaluate } from './evaluate/event.ts'
import { Compiled } from './evaluate/pattern.ts'
import { readings } from './evaluate/switches.ts'
import { evaluateLeef } from './evaluate/universal-leef.ts'
import { readLsx } from './lsx/read.ts'

const folder = new URL('../testing/', import.meta.url)
const xml = readFileSync(new URL('worked-example.lsx.xml', folder), 'utf8')
const payload = readFileSync(new URL('worked-example.txt', folder), 'utf8').trimEnd()
const setting = { lookUp: () => undefined, collector: { now: 0, zone: 60 } }

/** A text with pieces cut out, doubled, or replaced. */
const changed = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat(text.length),
        length: fc.integer({ min: 0, max: 30 }),
        by: fc.oneof(
          fc.constant(''),
          fc.string({ maxLength: 5 }),
          fc.constantFrom('<', '>', '"', '&', '{', '}', '\\', '/', ']]>', '\u0000'),
        ),
        twice: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((edits) =>
      edits.reduce((now, { at, length, by, twice }) => {
        const piece = now.slice(at, at + length)
        return now.slice(0, at) + (twice ? piece + piece : by) + now.slice(at + length)
      }, text),
    )

test('whatever an extension holds, it is read or refused with a line, and run without a throw', () => {
  fc.assert(
    fc.property(changed(xml), (text) => {
      const { lsx, problems } = readLsx('x.xml', text)
      for (const { line, message, help } of problems) {
        expect(line).toBeGreaterThan(0)
        expect(message + help).not.toBe('')
      }
      if (!lsx) return
      const compiled = new Compiled()
      checkLsx(lsx, compiled)
      readings((ask) => evaluate(lsx, compiled, payload, setting, ask), 64)
    }),
    { numRuns: 400 },
  )
})

test('whatever a payload holds, an event comes of it', () => {
  const { lsx } = readLsx('x.xml', xml)
  if (!lsx) throw new Error('no extension')
  const compiled = new Compiled()
  const text = fc.oneof(
    changed(payload),
    fc.string(),
    fc.json().map((json) => `<13>1 - host ${json}`),
  )
  fc.assert(
    fc.property(text, (message) => {
      for (const { result } of readings((ask) => evaluate(lsx, compiled, message, setting, ask), 64))
        expect(['stored', 'unknown']).toContain(result.state)
      expect(['stored', 'unknown']).toContain(evaluateLeef(message, setting, () => true).state)
    }),
    { numRuns: 400 },
  )
})

test('a payload of nothing but openings is looked at for a limited time', () => {
  const { lsx } = readLsx('x.xml', xml)
  if (!lsx) throw new Error('no extension')
  expect(evaluate(lsx, new Compiled(), '{['.repeat(20_000), setting, () => true).state).toBe('stored')
})
