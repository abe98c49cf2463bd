import { isProblem, javaRegex, type JavaRegex } from '@siembridge/formats'
import { type KeypathTemplate, readKeypath, readKeypathTemplate } from '../lsx/keypath.ts'
import type { Pattern } from '../lsx/model.ts'
import type { Ask } from './switches.ts'

/** The text of a pattern as it counts, by what `trim-whitespace` does. */
export function patternText({ text, trim }: Pattern, ask: Ask): string {
  if (!trim) return text
  const edges = text.trim()
  const all = text.replace(/\s+/g, '')
  return edges === all || ask('A05') ? edges : all
}

export type Refusal = { readonly refused: 'wrong' | 'unread'; readonly why: string; readonly at: number }

/** Regexes and keypaths of a document, compiled once a text. */
export class Compiled {
  private readonly regexes = new Map<string, JavaRegex | Refusal>()
  private readonly paths = new Map<string, KeypathTemplate | Refusal>()

  regex(text: string, caseInsensitive: boolean): JavaRegex | Refusal {
    const key = `${caseInsensitive}${text}`
    const known = this.regexes.get(key)
    if (known) return known
    const made = javaRegex(text, { caseInsensitive })
    const kept: JavaRegex | Refusal = isProblem(made) ? { refused: 'unread', why: made.problem, at: made.at } : made
    this.regexes.set(key, kept)
    return kept
  }

  /** Braces make a template only where substitutions are on. */
  path(text: string, substitutions: boolean): KeypathTemplate | Refusal {
    const key = `${substitutions}${text}`
    const known = this.paths.get(key)
    if (known) return known
    const kept = pathOf(text, substitutions)
    this.paths.set(key, kept)
    return kept
  }
}

export const isRefusal = (made: object): made is Refusal => 'refused' in made

function pathOf(text: string, substitutions: boolean): KeypathTemplate | Refusal {
  const read = substitutions ? readKeypathTemplate(text) : readKeypath(text)
  if ('problem' in read) return { refused: 'wrong', why: read.problem, at: read.at }
  return substitutions ? (read as KeypathTemplate) : [read as Exclude<KeypathTemplate[number], string>]
}

/**
 * Whether an expression stays within what every engine reads alike: literals, classes, groups, alternatives, `\d`, greedy and
 * lazy quantifiers. What the adaptive engine leaves out is documented nowhere.
 */
export const isCommonRegex = (text: string): boolean => !/\\[^dwsnrt\W]|\(\?(?!:)|\\[bB]|\[\[|&&|[*+?}]\+/.test(text)
