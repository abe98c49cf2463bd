import { type Level, levels } from '../schema/severity.ts'
import { checkField } from './mappings.ts'
import type { SeverityRule } from './model.ts'
import type { Problems } from './problems.ts'
import { meant } from './similar.ts'
import type { Source } from './source.ts'

const range = /^(-?\d+)\.\.(-?\d+)$/

/** `severity.map.<level>.if.<field>=values`, in the order of the levels. */
export function readSeverity(source: Source): readonly SeverityRule[] {
  const rules: SeverityRule[] = []
  for (const { property, groups } of source.matching(/^severity\.map\.([^.]*)\.if\.(.+)$/)) {
    const [level = '', field = ''] = groups
    if (!(levels as readonly string[]).includes(level)) {
      source.problems.error(
        'severity-level',
        property.line,
        `there is no severity "${level}"`,
        `The levels are ${levels.join(', ')}.${meant(level, levels)}`,
      )
      continue
    }
    checkField(field, property.line, source.problems)
    const values = property.value.split(',').map((value) => value.trim())
    checkRanges(values, property.line, source.problems)
    rules.push({ level: level as Level, field, values, line: property.line })
  }
  checkOverlap(rules, source)
  return rules.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
}

function checkRanges(values: readonly string[], line: number, problems: Problems): void {
  for (const value of values) {
    const [, low, high] = range.exec(value) ?? []
    if (Number(low) > Number(high))
      problems.error('severity-range', line, `no number is in the range "${value}"`, 'Write the lower number first.')
  }
}

/** Whether a severity rule's value says this text: it, or a range of numbers that it is in. */
export function isSeverity(rule: string, text: string): boolean {
  const found = range.exec(rule)
  if (!found) return rule === text
  return /^-?\d+$/.test(text) && Number(text) >= Number(found[1]) && Number(text) <= Number(found[2])
}

function checkOverlap(rules: readonly SeverityRule[], { problems }: Source): void {
  for (const [at, rule] of rules.entries())
    for (const other of rules.slice(at + 1)) {
      if (other.level === rule.level || other.field !== rule.field) continue
      const both = rule.values.find((value) => other.values.some((o) => isSeverity(o, value) || isSeverity(value, o)))
      if (both !== undefined)
        problems.error(
          'severity-overlap',
          other.line,
          `"${both}" is ${rule.level} in line ${rule.line} and ${other.level} here`,
          'Let each value stand at one level.',
        )
    }
}
