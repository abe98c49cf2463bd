import { exit } from '../exit.ts'
import type { ErrorRows } from './entry.ts'

/** Of signing in to Microsoft and collecting from it. */
export const sourceErrors = {
  SecretMissing: {
    status: exit.configuration,
    what: (subject) => `the secret ${subject} cannot be read`,
    why: 'The variable is not set, the file does not exist, or this account may not read it.',
    help: 'Set it, or correct the reference: env:NAME, file:/path or keyvault:https://VAULT/secrets/NAME.',
    state: 'Whatever needs the secret waits and tries again; nothing is lost.',
  },
} as const satisfies ErrorRows
