import type { LogType } from '@siembridge/catalog'
import type { RawLsx } from './raw-lsx.ts'

/** What the extensions over Microsoft's own records can say, and what is lost, as a page. */
export function rawReport(
  shapes: readonly { readonly type: LogType; readonly name: string; readonly made: RawLsx }[],
): string {
  const lines = [
    '# Extensions over Microsoft’s own records',
    '',
    'Keypaths name members from the root of an object: they cannot go through lists, search them, or read JSON inside a text, and',
    'nothing can be computed. What an expression of the catalog needs beyond that is lost here, and is whole over the flat form.',
    '',
  ]
  for (const { type, name, made } of shapes) {
    lines.push(`## ${type.id}, ${name}`, '')
    if (made.xml === undefined)
      lines.push(
        'No extension: the event id cannot be told by keypaths, and an event without one is stored unparsed.',
        '',
      )
    lines.push('| field | read from | lost |', '|---|---|---|')
    for (const { field, from, lost } of made.rows) lines.push(`| ${field} | ${cell(from)} | ${cell(lost.join('; '))} |`)
    lines.push('')
  }
  return lines.join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|')
