import { isProblem, javaRegex, readProperties } from '@siembridge/formats'
import { describe, expect, test } from 'vitest'
import { files } from '../arcsight/folder.ts'
import { hasJava, javaSuite, JavaQuestions } from './java.ts'

const parsers = files.filter(({ path }) => path.startsWith('flexagent/') && path.endsWith('.properties'))

describe.skipIf(!hasJava)(javaSuite('Java and the parsers for ArcSight'), () => {
  test('java.util.Properties reads every generated file as our reader does', () => {
    const questions = new JavaQuestions()
    for (const { content } of parsers) questions.properties(Buffer.from(content))
    for (const [i, answer] of questions.ask().entries()) {
      const { path, content } = parsers[i] as (typeof parsers)[number]
      const read = readProperties(Buffer.from(content).toString('latin1'))
      if (isProblem(read)) throw new Error(`${path}: ${read.problem}`)
      const ours = read.map(({ key, value }) => [key, value]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
      expect({ path, answer }).toEqual({ path, answer: ours })
    }
  })

  test('java.util.regex takes every generated pattern, and finds and matches as we do', () => {
    const patterns = new Set(
      parsers.flatMap(({ content }) => {
        const read = readProperties(String(content))
        if (isProblem(read)) return []
        return read.flatMap(({ key, value }) =>
          key === 'regex'
            ? [value]
            : [...value.matchAll(/__regexToken\([\w,()]+,"((?:[^"\\]|\\.)*)"/g)].map(([, p = '']) => p),
        )
      }),
    )
    expect(patterns.size).toBeGreaterThan(3)
    const texts = [
      '<13>Feb  3 04:05:06 bridge {"sb_type":"entra.sign-in","sb_event_id":"x","a":"}"}',
      '203.0.113.7',
      '2001:db8::1',
      '1.2.3.4:443',
      'x'.repeat(50),
      `a_1b4e28ba-2fa1-11d2-883f-0016d3cca427`,
      '',
    ]
    const questions = new JavaQuestions()
    for (const pattern of patterns) questions.regex(pattern, texts)
    for (const [i, answer] of questions.ask().entries()) {
      const pattern = [...patterns][i] ?? ''
      const regex = javaRegex(pattern)
      if (isProblem(regex)) throw new Error(`${pattern}: ${regex.problem}`)
      const ours = texts.map((t) => ({ find: listOf(regex.find.exec(t)), whole: listOf(regex.whole.exec(t)) }))
      expect({ pattern, answer }).toEqual({ pattern, answer: ours })
    }
  })
})

const listOf = (match: RegExpExecArray | null): (string | null)[] | null =>
  match && Array.from(match, (group: string | undefined) => group ?? null)
