import { exit } from '../exit.ts'
import type { ErrorRows } from './entry.ts'

/** Of setting a target up over its own API. */
export const applyErrors = {
  PlanWrong: {
    status: exit.configuration,
    what: (subject) => subject,
    why: 'The plan is not there, is not of the form that this version reads, or refers to something that it does not hold.',
    help: 'Generate it again with the same version; `siembridge verify NAME FOLDER` tells what is wrong with it.',
    state: 'Nothing was read from the target and nothing was changed.',
  },
  ApplyRefused: {
    status: exit.unavailable,
    what: (subject) => `the target does not let us in: ${subject}`,
    why: 'The token is unknown, has expired, or its role has not the rights for this endpoint.',
    help: 'Look at the token and its role; in QRadar: Admin > Authorized Services, then deploy. Give the secret as env:NAME or file:/path.',
    state: 'What was done before it stays; nothing was deleted.',
  },
  ApplyAnswerOdd: {
    status: exit.unavailable,
    what: (subject) => `the answer is not one of the API: ${subject}`,
    why: 'A login page, a proxy or another program answered in its place.',
    help: 'Check the address: that of the console itself, without a path; and what stands between (curl -v ADDRESS/api/help/versions).',
    state: 'What was done before it stays; nothing was deleted.',
  },
  ApplyRejected: {
    status: exit.no,
    what: (subject) => `the target rejected a request: ${subject}`,
    why: 'Its own rules do not allow it; the code is that of the endpoint in the vendor’s documentation.',
    help: 'Mend what the message names on the target, or generate the plan anew, and run it again.',
    state: 'What was done before it stays; nothing was deleted.',
  },
  ApplyUnavailable: {
    status: exit.unavailable,
    what: (subject) => `the target does not answer: ${subject}`,
    why: 'It is restarting, overloaded, or a gateway before it gave up.',
    help: 'Wait until its own page can be opened, and run it again.',
    state: 'What was done before it stays; nothing was deleted.',
  },
  ApplyMissing: {
    status: exit.no,
    what: (subject) => `the target lacks what the plan builds on: ${subject}`,
    why: 'A part that the vendor ships is not installed, or has another name in this version.',
    help: 'Install or update it (in QRadar: the DSM and protocol packages), and run it again.',
    state: 'Nothing was changed.',
  },
  ApplyBroken: {
    status: exit.unavailable,
    what: (subject) => `apply ended before it was through: ${subject}`,
    why: 'What is in brackets happened.',
    help: 'Mend that, then run the same command again: it looks at what is there and goes on from there.',
    state:
      'Everything that is counted as done is there and stays; the change that failed may have arrived; nothing was deleted.',
  },
} as const satisfies ErrorRows
