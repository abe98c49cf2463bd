import { exit } from '../exit.ts'
import type { ErrorRows } from './entry.ts'

/** Of delivering to receivers. */
export const targetErrors = {
  TlsMaterialWrong: {
    status: exit.configuration,
    what: (subject) => `no usable certificate or key in ${subject}`,
    why: 'The text is not PEM, the key does not belong to the certificate, or the file cannot be read.',
    help: 'Look at it: openssl x509 -in FILE -noout -subject -dates; the options are ca, cert and key.',
    state: 'Nothing is delivered to that target; its events wait in the buffer.',
  },
} as const satisfies ErrorRows
