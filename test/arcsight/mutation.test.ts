import { arcsightKit } from '@siembridge/arcsight'
import type { OutputFile, Verifier } from '@siembridge/core'
import { expect, test } from 'vitest'
import { samples } from '../samples.ts'
import { files, types } from './folder.ts'

const parsers = types.map((type) => {
  const path = `flexagent/siembridge_${type.replace(/[^a-z0-9]/g, '_')}.jsonparser.properties`
  return { type, path, lines: String(files.find((file) => file.path === path)?.content).split('\n') }
})

/** Ways to damage a line, as slips of the pen and of the mouse do. */
const damages: readonly [name: string, damage: (line: string) => string][] = [
  ['a letter of the key is gone', (line) => line.slice(1)],
  ['a letter is gone before the end', (line) => line.slice(0, -2) + line.slice(-1)],
  ['something stands behind the end', (line) => `${line}x`],
  ['the equals sign stands twice', (line) => line.replace('=', '==')],
  ['a comment mark stands before it', (line) => `#${line}`],
]

/** What is told of the file itself, beyond that it is not as it was written; or of a record of its type. */
function caught(verifier: Verifier, type: string): 'load' | 'records' | 'compared' | undefined {
  if (verifier.problems.some(({ code }) => code !== 'not-as-generated')) return 'load'
  const wrong = samples
    .filter((sample) => sample.type === type)
    .some(({ bytes }) => verifier.record(bytes).some(({ is, problems }) => problems.length > 0 || is === 'unparsed'))
  if (wrong) return 'records'
  return verifier.problems.length > 0 ? 'compared' : undefined
}

test.for(damages)('a file of each log type with one line damaged is told of: %s', ([, damage]) => {
  const ways = { load: 0, records: 0, compared: 0 }
  for (const [at, { type, path, lines }] of parsers.entries()) {
    // Another line in each file, so that over all files every kind of line has its turn.
    const candidates = lines.flatMap((line, i) => (line === '' || line.startsWith('#') ? [] : [i]))
    for (const which of [at * 7, at * 31 + 3, candidates.length - 1 - at]) {
      const line = candidates[((which % candidates.length) + candidates.length) % candidates.length] ?? 0
      const content = lines.map((text, i) => (i === line ? damage(text) : text)).join('\n')
      const file: OutputFile = { path, content }
      const found = caught(arcsightKit.verify([file], {}), type)
      expect(found, `${path}:${line + 1}: ${lines[line]}`).toBeDefined()
      if (found) ways[found]++
    }
  }
  // Most of it is told without knowing what the file should be.
  expect(ways.load + ways.records).toBeGreaterThan(ways.compared)
})
