import { logTypes } from '@siembridge/catalog'
import type { KitOptions, OutputFile, ParserKit } from '@siembridge/core'
import { categorizers } from './generate/categorizer.ts'
import { flatParser } from './generate/flat-plan.ts'
import { baseOf, parserPath } from './generate/paths.ts'
import { parserText } from './generate/parser-text.ts'
import { createVerifier } from './verify/verifier.ts'

/** ArcSight: FlexConnector parsers of JSON, with categorizers and map files. */
export const arcsightKit: ParserKit = {
  name: 'arcsight',
  title: 'ArcSight: FlexConnector parsers of JSON, categorizers, map files',
  generateOptions: [
    { flags: '--trigger <path>', help: 'where an event is in a document', choices: ['/', '/records', '/value'], preset: '/' },
  ],
  verifyOptions: [
    {
      flags: '--form <form>',
      help: "what the parsers get of Microsoft's records: the flat form, or the record as it is",
      choices: ['flat', 'as-is'],
      preset: 'flat',
    },
  ],
  generate: (types, options) => ({ files: filesOf(types, options), findings: [] }),
  verify: createVerifier,
}

function filesOf(ids: readonly string[], options: KitOptions): readonly OutputFile[] {
  const trigger = typeof options['trigger'] === 'string' ? options['trigger'] : '/'
  const types = logTypes.filter(({ id }) => ids.includes(id))
  return [
    ...types.map(({ id, title }) => ({
      path: parserPath(baseOf(id)),
      content: parserText(flatParser(id, { trigger, additionalData: true }), `${title} (${id}) in SIEMbridge's flat form.`),
    })),
    ...categorizers(types),
  ]
}
