import type { ParserKit } from '@siembridge/core'
import { generateFiles } from './generate/files.ts'
import { activityForms } from './native/payloads.ts'
import { ways } from './plan/model.ts'
import { foreignForms } from './verify/foreign-way.ts'
import { createVerifier } from './verify/verifier.ts'

/** Log source extensions, apply plans and native payloads for IBM QRadar. */
export const qradarKit: ParserKit = {
  name: 'qradar',
  title: 'IBM QRadar: LEEF, log source extensions, or payloads that its own DSMs parse',
  generateOptions: [
    {
      flags: '--identifier <name>',
      help: 'host name in the syslog header by which QRadar tells log sources apart; extensions add -LOG-TYPE',
      preset: 'siembridge',
    },
    { flags: '--experimental', help: 'add a bundle for Extensions Management, whose form IBM does not document' },
  ],
  verifyOptions: [
    { flags: '--way <way>', help: 'one of the ways alone', choices: ways },
    {
      flags: '--form <form>',
      help: 'what extensions without a plan are run over',
      choices: foreignForms,
    },
    {
      flags: '--activity <form>',
      help: 'native: how the Azure activity log goes out',
      choices: activityForms,
      preset: 'json',
    },
    {
      flags: '--max-payload <bytes>',
      help: 'longest message, shortened as the bridge does; QRadar cuts at 4096 over TCP and 1024 over UDP unless told otherwise, 32000 at most; 0: no limit',
      preset: '32000',
    },
  ],
  generate: generateFiles,
  verify: createVerifier,
}
