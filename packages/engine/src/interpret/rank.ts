import type { EntityClass } from '@siembridge/catalog'
import { lowerAscii } from '../values/text.ts'

/** Classes in the order in which they give the event its own fields: a user before the mailbox that also names one. */
export const classOrder: readonly EntityClass[] = [
  'user',
  'host',
  'ip',
  'process',
  'file',
  'url',
  'mailbox',
  'message',
  'application',
  'resource',
  'registry',
  'group',
  'malware',
  'session',
  'network',
  'other',
]

/** Which of several entities of a class the alert is about: what was hit first, then what hit it, context last. */
const roles = [
  'compromised',
  'attacked',
  'impacted',
  'attacker',
  'source',
  'commandandcontrol',
  'suspicious',
  'created',
  'edited',
  'loaded',
  'added',
  'scanned',
  'destination',
  'policyviolator',
  'related',
]
const verdicts = ['malicious', 'suspicious']

const noRole = roles.length
const context = roles.length + 1

export function roleRank(role: string): number {
  const lower = lowerAscii(role)
  if (lower === 'contextual') return context
  const at = roles.indexOf(lower)
  return at < 0 ? noRole : at
}

export function verdictRank(verdict: string | undefined): number {
  const lower = lowerAscii(verdict ?? '')
  if (lower === 'nothreatsfound' || lower === 'clean') return 3
  const at = verdicts.indexOf(lower)
  return at < 0 ? 2 : at
}

/** Smaller is more to the point; position decides between equals. */
export const entityRank = (roleList: readonly string[], verdict: string | undefined): number =>
  Math.min(noRole, ...roleList.map(roleRank)) * 4 +
  (roleList.length > 0 && roleList.every((r) => roleRank(r) === context) ? 4 : 0) +
  verdictRank(verdict)
