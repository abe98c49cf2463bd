import type { CefEvent, LeefEvent } from '@siembridge/formats'
import type { MatcherKind } from '../lsx/grammar.ts'
import type { Matcher, Pattern } from '../lsx/model.ts'
import { templateValue } from './keypath-value.ts'
import { type Compiled, isCommonRegex, isRefusal, patternText } from './pattern.ts'
import type { Ask } from './switches.ts'
import type { Views } from './views.ts'

interface Here {
  readonly matcher: Matcher
  readonly pattern: Pattern
  readonly views: Views
  readonly compiled: Compiled
  readonly ask: Ask
}

/** What a matcher captures of a payload, or undefined. */
export function extract(here: Here): string | undefined {
  const found = extractors[here.matcher.kind](here)
  if (found === undefined || found === found.trim()) return found
  return here.ask('A06') ? found : found.trim()
}

const extractors: Readonly<Record<MatcherKind, (here: Here) => string | undefined>> = {
  matcher: regexValue,
  'json-matcher': ({ matcher, pattern, views, compiled, ask }) => {
    const path = compiled.path(patternText(pattern, ask), matcher.substitutions)
    return isRefusal(path) ? undefined : templateValue(views.json, path, ask)
  },
  'leef-matcher': ({ pattern, views, ask }) => leefKey(views.leef, patternText(pattern, ask)),
  'cef-matcher': ({ pattern, views, ask }) => cefKey(views.cef, patternText(pattern, ask)),
  'namevaluepair-matcher': ({ matcher, pattern, views, ask }) =>
    pairValue(views.text, patternText(pattern, ask), matcher),
  'genericlist-matcher': ({ matcher, pattern, views, ask }) =>
    listValue(views.text, patternText(pattern, ask), matcher.listDelimiter, ask),
}

function regexValue({ matcher, pattern, views, compiled, ask }: Here): string | undefined {
  const text = patternText(pattern, ask)
  const regex = compiled.regex(text, pattern.caseInsensitive)
  if (isRefusal(regex)) return undefined
  if (!pattern.java && !isCommonRegex(text) && !ask('A12')) return undefined
  const found = regex.find.exec(views.text)
  if (!found) return undefined
  return matcher.substitutions ? substituted(matcher.group, found, ask) : found[Number(matcher.group)]
}

/** A template: `\1` to `\9` are groups, everything else is text. Without a group it is a constant. */
export function substituted(template: string, groups: RegExpExecArray, ask: Ask): string | undefined {
  const references = [...template.matchAll(/\\(\d)/g)].map(([, digit]) => Number(digit))
  if (references.some((group) => groups[group] === undefined) && !ask('A08')) return undefined
  const text = template.replace(/\\(\d)/g, (_, digit: string) => groups[Number(digit)] ?? '')
  const escapes = template.replace(/\\\d/g, '').includes('\\')
  if (!escapes || ask('A15')) return text
  return template.replace(/\\(\d)|\\(.)/g, (_, digit: string | undefined, other: string | undefined) =>
    digit === undefined ? (other ?? '') : (groups[Number(digit)] ?? ''),
  )
}

const header = (key: string): string | undefined => /^\$(.+)\$$/.exec(key)?.[1]

/** A key, or a field of the header between dollar signs ("Expressions in LEEF format"). */
export function leefKey(leef: LeefEvent | undefined, key: string): string | undefined {
  if (!leef) return undefined
  const field = header(key)
  if (field === undefined) return leef.attributes[key]
  const fields: Readonly<Record<string, string>> = {
    leefversion: leef.version,
    vendor: leef.vendor,
    product: leef.product,
    version: leef.deviceVersion,
    eventid: leef.eventId,
  }
  return Object.hasOwn(fields, field) ? fields[field] : undefined
}

function cefKey(cef: CefEvent | undefined, key: string): string | undefined {
  if (!cef) return undefined
  const field = header(key)
  if (field === undefined) return cef.extensions[key]
  const fields: Readonly<Record<string, string>> = {
    cefversion: String(cef.version),
    vendor: cef.vendor,
    product: cef.product,
    version: cef.deviceVersion,
    id: cef.classId,
    name: cef.name,
    severity: String(cef.severity),
  }
  return Object.hasOwn(fields, field) ? fields[field] : undefined
}

function pairValue(
  text: string,
  key: string,
  { pairDelimiter = ' ', valueDelimiter = '=' }: Matcher,
): string | undefined {
  for (const pair of text.split(unescaped(pairDelimiter))) {
    const at = pair.indexOf(unescaped(valueDelimiter))
    if (at >= 0 && pair.slice(0, at).trim() === key) return pair.slice(at + unescaped(valueDelimiter).length)
  }
  return undefined
}

function listValue(text: string, expression: string, delimiter = ',', ask: Ask): string | undefined {
  const index = /^\$(\d+)$/.exec(expression)?.[1]
  if (index === undefined) return undefined
  return text.split(unescaped(delimiter))[ask('G1') ? Number(index) - 1 : Number(index)]
}

/** Delimiters that cannot be typed are written `\t`. */
const unescaped = (delimiter: string): string => delimiter.replaceAll('\\t', '\t') || ' '
