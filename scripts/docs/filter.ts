import { createEngine } from '@siembridge/engine'
import { filterExamples, filterGrammar, filterRules } from '../../packages/engine/src/filter/grammar.ts'
import { code, fence, generated, page, table } from './markdown.ts'

/** docs/filter.md: the grammar, and examples that the engine accepts. Throws FilterError where it does not. */
export async function filterPage(): Promise<string> {
  for (const [filter] of filterExamples) await createEngine({ to: 'ecs', filter })
  return page(
    generated,
    '# The filter language',
    'A filter says which events to keep: `siembridge convert --to cef --filter "severity >= medium" alerts.json`. It is ' +
      'tested on the normalised event, before anything is printed; events that it drops are counted in the summary.',
    fence(filterGrammar, 'text'),
    filterRules.map((rule) => `- ${rule}`).join('\n'),
    '`siembridge list fields` prints the names; [fields.md](fields.md) has their types and meanings. A filter that cannot ' +
      'be read ends the command with exit status 2 before any record is read, and shows where.',
    '## Examples',
    table(
      ['filter', 'keeps'],
      filterExamples.map(([filter, keeps]) => [code(filter), keeps]),
    ),
  )
}
