import type { ParserKit } from '@siembridge/core'
import { generate } from './generate/generate.ts'
import { createVerifier } from './verify/verifier.ts'

/** ArcSight: FlexConnector parsers of JSON, with categorizers and map files. */
export const arcsightKit: ParserKit = {
  name: 'arcsight',
  title: 'ArcSight: FlexConnector parsers of JSON, categorizers, map files',
  generateOptions: [
    {
      flags: '--form <form>',
      help: "parsers of SIEMbridge's flat form, of Microsoft's records, or of both",
      choices: ['flat', 'raw', 'all'],
      preset: 'all',
    },
    {
      flags: '--trigger <path>',
      help: 'where an event is in a document',
      choices: ['/', '/records', '/value'],
      preset: '/',
    },
    {
      flags: '--additional-data <yes-or-no>',
      help: 'fields that no event field has room for go out as additional data',
      choices: ['yes', 'no'],
      preset: 'yes',
    },
    { flags: '--map-number <n>', help: 'write the map file as map/map.<n>.properties, where a connector reads it' },
  ],
  verifyOptions: [
    {
      flags: '--form <form>',
      help: "what the parsers get of Microsoft's records: the flat form, the record with what CEF has of it to compare, or anything as it is",
      choices: ['flat', 'raw', 'as-is'],
      preset: 'flat',
    },
  ],
  generate,
  verify: createVerifier,
}
