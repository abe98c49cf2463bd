import type { Move } from '../older.ts'

const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** Sign-ins of every kind; those of applications and of programs on behalf of users beside those of people. */
export const allSignIns = [
  'sign-ins.interactive',
  'sign-ins.non-interactive',
  'sign-ins.service-principal',
  'sign-ins.managed-identity',
] as const

/** Entra's logs reach Microsoft Graph out of order; our streams read an hour again at each look. */
export const entraOverlap = {
  overlapMs: hour,
  overlapWhy: 'records of Entra ID reach Microsoft Graph out of order, so an hour before it is collected again',
} as const

/** Objects that change appear in the order of their changes, but not exactly. */
export const alertOverlap = {
  overlapMs: 15 * minute,
  overlapWhy: 'changes of alerts become visible out of order, so 15 minutes before it are collected again',
} as const

/** An event hub's partitions advance one by one; the newest event says nothing of the slowest. */
export const hubOverlap = {
  overlapMs: day,
  overlapWhy:
    'the partitions of an event hub are read one by one, and the newest event says nothing of the slowest, so a day before it is collected again',
} as const

export const entraScheme = 'siembridge_entra_id'
export const alertScheme = 'siembridge_alerts'
export const officeScheme = 'siembridge_office_365'

export const alertSourcetype = 'ms365:defender:incident:alerts'

/** For the many kinds of inputs whose data none of our streams brings. */
export const noStream = 'the add-on collects nothing of this kind; leave the input with the older add-on'

export const noHub = 'the add-on does not read event hubs; leave the input with the older add-on'

/** Alerts of every product of Microsoft's, by their change. */
export const alertMove = (move: Pick<Move, 'position' | 'sourcetypes' | 'differs'>): Move => ({
  scheme: alertScheme,
  streams: ['alerts'],
  ...alertOverlap,
  ...move,
})
