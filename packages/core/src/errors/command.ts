import { exit } from '../exit.ts'
import type { ErrorRows } from './entry.ts'

/** Of the command line, and of what `convert` reads and sends. */
export const commandErrors = {
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
  OutputOccupied: {
    status: exit.no,
    what: (subject) => `${subject} holds files that would be overwritten`,
    why: 'They were not written by an earlier run, or somebody changed them since.',
    help: 'Give another folder with --out, move the files away, or overwrite them with --force.',
    state: 'Nothing was written.',
  },
  FolderUnwritable: {
    status: exit.unavailable,
    what: (subject) => `cannot write to ${subject}`,
    why: 'The disk is full, or this account may not write there.',
    help: 'Free space or check the rights, and run it again.',
    state: 'A part of the files may be there; a new run replaces them.',
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
} as const satisfies ErrorRows
