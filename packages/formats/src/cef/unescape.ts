import { problemAt } from '../problem.ts'
import type { FormatProblem } from '../problem.ts'

type Meanings = Readonly<Record<string, string>>

/** Escapes of a header field (CEF, "Header": only pipe and backslash). */
export const headerEscapes: Meanings = { '\\': '\\', '|': '|' }

/** Escapes of an extension value. */
export const valueEscapes: Meanings = { '\\': '\\', '=': '=', n: '\n', r: '\r' }

/** What senders in the field also escape: `https\://` (ATA, Defender for Identity) and pipes. */
export const tolerantEscapes: Meanings = { ...valueEscapes, ':': ':', '|': '|' }

/**
 * Removes the backslashes of a value that starts at `at`.
 *
 * @param lenient keep an unknown escape as it stands instead of refusing it
 */
export function unescapeCef(text: string, at: number, meanings: Meanings, lenient: boolean): string | FormatProblem {
  if (!text.includes('\\')) return text
  let wrong = -1
  const plain = text.replace(/\\([^]?)/g, (escape: string, char: string, offset: number) => {
    const meaning = meanings[char]
    if (meaning === undefined && wrong < 0) wrong = offset
    return meaning ?? escape
  })
  return wrong >= 0 && !lenient ? problemAt(at + wrong, 'an escape that CEF does not know') : plain
}
