import { problemAt, type FormatProblem } from '../problem.ts'
import type { JavaRegex } from './translate.ts'

/** Makes the text that replaces a match out of the match's groups, `groups[0]` being the match. */
export type JavaReplacement = (groups: readonly (string | undefined)[]) => string

/** A replacement as `Matcher.replaceAll` reads it: `$1`, `${name}`, and a backslash before what stands for itself. */
export function javaReplacement(text: string, regex: JavaRegex): JavaReplacement | FormatProblem {
  const pieces: (string | number)[] = []
  for (let at = 0; at < text.length;) {
    const piece = /\\([^])|\$(\d)|\$\{([A-Za-z][A-Za-z0-9]*)\}|([^\\$]+)/y
    piece.lastIndex = at
    const found = piece.exec(text)
    if (!found) return problemAt(at, 'a $ or \\ that Java refuses in a replacement')
    const [whole, literal, digit, name, plain] = found
    const group = digit === undefined ? (name === undefined ? undefined : regex.names.get(name)) : Number(digit)
    if ((digit ?? name) !== undefined && (group === undefined || group > regex.groups))
      return problemAt(at, 'a group that the pattern does not have')
    at += whole.length
    if (digit === undefined) pieces.push(group ?? literal ?? plain ?? '')
    else {
      const longer = longest(text, at, Number(digit), regex.groups)
      pieces.push(longer.group)
      at = longer.at
    }
  }
  return (groups) => pieces.map((piece) => (typeof piece === 'number' ? (groups[piece] ?? '') : piece)).join('')
}

/** Java takes as many digits as there are groups for. */
function longest(text: string, from: number, first: number, groups: number): { at: number; group: number } {
  let [at, group] = [from, first]
  while (/\d/.test(text[at] ?? '') && group * 10 + Number(text[at]) <= groups) group = group * 10 + Number(text[at++])
  return { at, group }
}

/** `text` with every match replaced (or the first), as `Matcher.replaceAll` and `replaceFirst` do. */
export function javaReplace(text: string, regex: JavaRegex, by: JavaReplacement, all: boolean): string {
  const search = new RegExp(regex.find.source, all ? 'ug' : 'u')
  return text.replace(search, (...found) => by(found.slice(0, regex.groups + 1) as (string | undefined)[]))
}
