import { exit, type ExitStatus } from './exit.ts'

/** One row of the error table: what happened, why, what to do, and in what state things are left. */
interface ErrorEntry {
  readonly status: ExitStatus
  readonly what: (subject: string) => string
  readonly why: string
  readonly help: string
  readonly state: string
}

/** Every error that a person can meet, under its permanent name. The page docs/errors.md is generated from this table. */
export const errorTable = {
  UsageWrong: {
    status: exit.usage,
    what: (subject) => subject,
    why: 'The command line is not one that the command understands.',
    help: 'Run the command with --help.',
    state: 'Nothing was read and nothing was sent.',
  },
  FilterWrong: {
    status: exit.usage,
    what: (subject) => subject,
    why: 'The text after --filter is not of the filter language.',
    help: 'docs/filter.md has the grammar; `siembridge list fields` prints the fields.',
    state: 'Nothing was read and nothing was sent.',
  },
  InputUnreadable: {
    status: exit.unavailable,
    what: (subject) => `cannot read ${subject}`,
    why: 'The file does not exist, or this account may not read it.',
    help: 'Check the path and the rights; records can also come on standard input.',
    state: 'Events of the files before it were written.',
  },
  OutputUnwritable: {
    status: exit.unavailable,
    what: (subject) => `cannot write to standard output: ${subject}`,
    why: 'The disk behind it is full, or what reads it went away.',
    help: 'Free space, or look at the program behind the pipe.',
    state: 'An unknown part of the last events was written.',
  },
  TargetUnreachable: {
    status: exit.unavailable,
    what: (subject) => `cannot reach ${subject}`,
    why: 'Nothing listens there, a firewall stands between, or the name does not resolve.',
    help: 'Check host and port, and from this machine: nc -vz HOST PORT.',
    state: 'No event was sent.',
  },
  TargetLost: {
    status: exit.unavailable,
    what: (subject) => `the connection to ${subject}`,
    why: 'The receiver closed it or the network did. Plain syslog has no receipts: what was on its way may be lost.',
    help: 'Send the same input again when the receiver is back; its event ids show which events came twice.',
    state: 'The last events before the break may not have arrived.',
  },
  TlsRefused: {
    status: exit.unavailable,
    what: (subject) => `no TLS session with ${subject}`,
    why: "The receiver's certificate is not one that this machine trusts, or it wants a client certificate.",
    help: 'Give its authority with --ca FILE, a client certificate with --cert FILE and --key FILE.',
    state: 'No event was sent.',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>

export type ErrorName = keyof typeof errorTable

/** An error out of the table. Its message is for a person and holds no secret. */
export class SiembridgeError extends Error {
  readonly code: ErrorName
  readonly status: ExitStatus
  /** `subject` fills in the row's sentence; `detail` is what the system said. */
  constructor(code: ErrorName, subject: string, detail?: string) {
    const entry: ErrorEntry = errorTable[code]
    const said = detail === undefined ? '' : ` (${detail.trim().replace(/\s*\n\s*/g, ' ')})`
    super(`${entry.what(subject)}${said}\n  why:   ${entry.why}\n  do:    ${entry.help}\n  state: ${entry.state}`)
    this.name = 'SiembridgeError'
    this.code = code
    this.status = entry.status
  }
}
