import { exit } from '../exit.ts'
import type { ErrorRows } from './entry.ts'

/** Of the inputs that run within another program, such as Splunk. */
export const inputErrors = {
  AccountMissing: {
    status: exit.configuration,
    what: (subject) => `there is no account ${subject}`,
    why: 'The input names an account of the add-on that is not configured, or may not be read.',
    help: 'Make the account, or name another one in the input.',
    state: 'The input collects nothing; it looks again every few minutes.',
  },
  AccountWrong: {
    status: exit.configuration,
    what: (subject) => `the account ${subject} cannot be used`,
    why: 'Something is missing in it, or is not of the form that it should be.',
    help: 'Correct it: its parts are described in the README of the add-on.',
    state: 'The input collects nothing; it looks again every few minutes.',
  },
  InputWrong: {
    status: exit.configuration,
    what: (subject) => `the input ${subject} is not configured rightly`,
    why: 'A parameter is missing, or is not of the form that it should be.',
    help: 'Correct the parameter under Settings, Data inputs.',
    state: 'The input collects nothing; other inputs go on.',
  },
} as const satisfies ErrorRows
