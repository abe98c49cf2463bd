import { exit } from '../exit.ts'
import type { ErrorRows } from './entry.ts'

const stateUntouched = 'Nothing was started, and the state directory is untouched.'

/** Of the configuration, the state directory as a whole, and the agent that runs on it. */
export const configErrors = {
  NodeTooOld: {
    status: exit.configuration,
    what: (subject) => `this does not run on Node.js ${subject}`,
    why: 'It uses what Node 22 brought.',
    help: 'Install Node 22 or newer; 24 is recommended. `convert`, `preview` and `list` run on this one.',
    state: 'Nothing was started.',
  },
  ConfigurationMissing: {
    status: exit.configuration,
    what: (subject) => `there is no configuration ${subject}`,
    why: 'The file does not exist, or this account may not read it.',
    help: 'Name it with --config FILE, or write one; `siembridge schema` prints what can stand in it.',
    state: 'Nothing was started.',
  },
  ConfigurationWrong: {
    status: exit.configuration,
    what: (subject) => `the configuration ${subject}`,
    why: 'Each line above says where it is, what is wrong with it, and what to do.',
    help: 'Correct them, then look again: siembridge check --no-network.',
    state: 'Nothing was started; an agent that runs goes on with the configuration that it has.',
  },
  AgentRunning: {
    status: exit.configuration,
    what: (subject) => `an agent already runs on ${subject}`,
    why: 'Two agents on one state directory would deliver everything twice.',
    help: 'Stop that one, or give this one a directory of its own with `state`.',
    state: 'Nothing was started; the agent that runs is not disturbed.',
  },
  AgentNotRunning: {
    status: exit.unavailable,
    what: (subject) => `no agent runs on ${subject}`,
    why: 'What was asked for can only be done by an agent that runs.',
    help: 'Start it: siembridge run, or systemctl start siembridge.',
    state: 'Nothing was changed.',
  },
  AgentSilent: {
    status: exit.unavailable,
    what: (subject) => `the agent on ${subject} does not answer`,
    why: 'Its control socket is gone or it hangs, or this account may not talk to it.',
    help: 'Use the account that the agent runs as; otherwise look at its log.',
    state: 'It is not known whether the agent did what was asked for.',
  },
  AgentFailed: {
    status: exit.no,
    what: (subject) => `the agent on ${subject} could not do it`,
    why: 'What stands in the brackets went wrong.',
    help: 'Look at its log; if it says nothing more, report it.',
    state: 'The agent goes on.',
  },
  StateUnusable: {
    status: exit.configuration,
    what: (subject) => `the state directory ${subject} cannot be used`,
    why: 'It cannot be made or written by this account, its disk is full, or what stands there is no directory.',
    help: 'Make it, give it to the account of the agent with mode 0700, free space, or name another with `state`.',
    state: stateUntouched,
  },
  StateNewer: {
    status: exit.configuration,
    what: (subject) => `the state directory ${subject} was written by a newer SIEMbridge`,
    why: 'This version does not know the form, and could lose positions by guessing.',
    help: 'Use the newer version, or an empty directory: then collecting begins anew.',
    state: stateUntouched,
  },
  StateVersionUnreadable: {
    status: exit.configuration,
    what: (subject) => `version.json of the state directory ${subject} cannot be read`,
    why: 'The file is damaged, so that nobody knows what form the rest has.',
    help: 'Restore it from a backup. If the directory is of this version, write {"version":1} into it.',
    state: stateUntouched,
  },
  SourceUnknown: {
    status: exit.usage,
    what: (subject) => `there is no source ${subject} in the configuration`,
    why: 'The name is not one of those that the configuration gives.',
    help: '`siembridge status` prints the names of sources and targets.',
    state: 'Nothing was changed.',
  },
  TargetUnknown: {
    status: exit.usage,
    what: (subject) => `there is no target ${subject} in the configuration`,
    why: 'The name is not one of those that the configuration gives.',
    help: '`siembridge status` prints the names of sources and targets.',
    state: 'Nothing was changed.',
  },
  TimeWrong: {
    status: exit.usage,
    what: (subject) => `"${subject}" is no time`,
    why: 'A time is a date such as 2026-06-01, a time such as 2026-06-01T10:00:00Z, or a span back from now such as 2d.',
    help: 'Write one of those.',
    state: 'Nothing was changed.',
  },
  ListenFailed: {
    status: exit.configuration,
    what: (subject) => `cannot listen on ${subject}`,
    why: 'The address is not one of this machine, or another program has the port.',
    help: 'Choose another with `http: {listen: 127.0.0.1:PORT}`, or switch it off with `http: off`.',
    state: 'Nothing was started.',
  },
} as const satisfies ErrorRows
