import type { ParserProblem } from '@siembridge/core'
import { isProblem } from '@siembridge/formats'
import { javaDate } from '@siembridge/formats/java-date'
import { type CheckCode, problem } from '../problem.ts'
import { isLsxField, matchers as kinds } from '../lsx/grammar.ts'
import type { Lsx, MatchGroup, Matcher, Pattern } from '../lsx/model.ts'
import { Compiled, isRefusal, patternText } from './pattern.ts'
import { presets } from './switches.ts'

/** What is wrong with an extension beyond its form: references, expressions, orders, dates. */
export function checkLsx(lsx: Lsx, compiled: Compiled = new Compiled()): ParserProblem[] {
  const found: ParserProblem[] = []
  const say = (code: CheckCode, line: number, message: string): void =>
    void found.push(problem(code, lsx.file, line, message))
  const used = new Set<string>()
  for (const pattern of lsx.patterns.values()) checkPattern(pattern, compiled, say)
  for (const group of lsx.groups) checkGroup(group, lsx, compiled, used, say)
  for (const { id, line } of lsx.patterns.values())
    if (!used.has(id)) say('pattern-unused', line, `no matcher uses the pattern "${id}"`)
  return found
}

type Say = (code: CheckCode, line: number, message: string) => void

const refusedByJava = /without its|Java (?:refuses|wants|does not know)|no escape of Java|ends too early|runs backwards/

function checkPattern(pattern: Pattern, compiled: Compiled, say: Say): void {
  if (pattern.type !== 'JavaPattern') return
  const regex = compiled.regex(patternText(pattern, presets), pattern.caseInsensitive)
  if (!isRefusal(regex)) return
  // What Java itself does not compile is wrong; what JavaScript alone cannot read is only not evaluated here.
  say(
    refusedByJava.test(regex.why) ? 'regex-wrong' : 'regex-unread',
    pattern.line,
    `pattern "${pattern.id}", character ${regex.at + 1}: ${regex.why}`,
  )
}

function checkGroup(group: MatchGroup, lsx: Lsx, compiled: Compiled, used: Set<string>, say: Say): void {
  for (const matcher of group.matchers) checkMatcher(matcher, lsx, compiled, used, say)
  if (!group.matchers.some(({ field }) => field === 'EventName'))
    say('event-name-missing', group.line, 'the match-group has no matcher for EventName')
  for (const [field, list] of Map.groupBy(group.matchers, (m) => m.field))
    for (const { order, line } of list)
      if (list.find((m) => m.order === order)?.line !== line)
        say('order-duplicate', line, `there is a matcher for ${field} of order ${order} already`)
  for (const { pattern, group: index, line } of group.multiples) {
    used.add(pattern)
    const known = lsx.patterns.get(pattern)
    if (!known) say('pattern-unknown', line, `no pattern has the id "${pattern}"`)
    else if (known.type !== 'JavaPattern') say('pattern-kind', line, `the pattern "${pattern}" is a ${known.type}`)
    else if (index !== undefined) checkNumber(String(index), known, compiled, line, say)
  }
  for (const { identity, line } of [...group.singles, ...group.multiples])
    if (identity !== 'OverrideAndNeverSend') say('identity-risk', line, `send-identity is ${identity}`)
}

function checkMatcher(matcher: Matcher, lsx: Lsx, compiled: Compiled, used: Set<string>, say: Say): void {
  const { kind, field, pattern: id, line, substitutions } = matcher
  used.add(id)
  if (!isLsxField(field)) say('field-unknown', line, `there is no field "${field}"`)
  checkDate(matcher, say)
  const pattern = lsx.patterns.get(id)
  if (!pattern) return say('pattern-unknown', line, `no pattern has the id "${id}"`)
  const wanted = kinds[kind].pattern
  if (pattern.type !== wanted)
    return say('pattern-kind', line, `${kind} reads a ${wanted}, "${id}" is a ${pattern.type}`)
  const text = patternText(pattern, presets)
  if (kind === 'matcher') checkCapture(matcher, pattern, compiled, say)
  if (kind !== 'json-matcher') return
  const path = compiled.path(text, substitutions)
  if (isRefusal(path)) say('keypath-wrong', pattern.line, `"${text}", character ${path.at + 1}: ${path.why}`)
  else if (substitutions && !text.includes('{')) say('substitutions-unused', line, `"${id}" is a single keypath`)
}

function checkCapture({ group, substitutions, line }: Matcher, pattern: Pattern, compiled: Compiled, say: Say): void {
  if (substitutions)
    for (const [, digit = ''] of group.matchAll(/\\(\d)/g)) checkNumber(digit, pattern, compiled, line, say)
  else if (/^\d+$/.test(group)) checkNumber(group, pattern, compiled, line, say)
  else say('group-template', line, `capture-group="${group}" is a template, but substitutions are not enabled`)
}

function checkNumber(digits: string, pattern: Pattern, compiled: Compiled, line: number, say: Say): void {
  const regex = compiled.regex(patternText(pattern, presets), pattern.caseInsensitive)
  if (!isRefusal(regex) && Number(digits) > regex.groups)
    say('group-missing', line, `group ${digits} of "${pattern.id}", which has ${regex.groups}`)
}

function checkDate({ field, dateFormat, line }: Matcher, say: Say): void {
  if (dateFormat === undefined) return
  if (field !== 'DeviceTime') return say('date-elsewhere', line, `ext-data on ${field}`)
  const date = javaDate(dateFormat, 'joda')
  if (isProblem(date)) say('date-wrong', line, `ext-data="${dateFormat}", character ${date.at + 1}: ${date.problem}`)
  else if (!date.zone) say('date-zone', line, `ext-data="${dateFormat}" has no zone`)
}
