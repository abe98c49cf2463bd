/**
 * States that every system's own states are translated to and from. What is resolved says how: a real attack, a false alarm,
 * or something that was expected.
 */
export const canonicalStates = [
  'new',
  'in-progress',
  'on-hold',
  'resolved-true-positive',
  'resolved-false-positive',
  'resolved-benign',
  'resolved',
  'closed',
  'canceled',
] as const

export type CanonicalState = (typeof canonicalStates)[number]

/** Systems whose states are known. `graph-alert` is microsoft.graph.security.alert, `graph-incident` the incident of the same API. */
export const systems = [
  'servicenow-incident',
  'servicenow-sir',
  'graph-alert',
  'graph-incident',
  'defender-cloud',
  'cloud-apps',
  'sentinel',
] as const

export type System = (typeof systems)[number]

/** How a system spells a state: the state itself, and what qualifies it (classification, close code) where it has that. */
export interface NativeState {
  readonly state: string
  readonly verdict?: string
}

const state = (text: string, verdict?: string): NativeState => ({
  state: text,
  ...(verdict !== undefined && { verdict }),
})

/**
 * What is written for a canonical state. Sources: ServiceNow "Incident state model" and "Security Incident Response states"
 * (NIST stateful), Graph `alertStatus` and `incidentStatus`, Defender for Cloud "Alerts - Update", Defender for Cloud Apps
 * "Close alerts", Microsoft Sentinel incident status and classification.
 */
const written: Readonly<Record<System, Readonly<Record<CanonicalState, NativeState>>>> = {
  'servicenow-incident': {
    new: state('1'),
    'in-progress': state('2'),
    'on-hold': state('3'),
    'resolved-true-positive': state('6'),
    'resolved-false-positive': state('6'),
    'resolved-benign': state('6'),
    resolved: state('6'),
    closed: state('7'),
    canceled: state('8'),
  },
  'servicenow-sir': {
    new: state('10'),
    'in-progress': state('16'),
    'on-hold': state('16'),
    'resolved-true-positive': state('3', 'Threat mitigated'),
    'resolved-false-positive': state('3', 'False positive'),
    'resolved-benign': state('3', 'Investigation completed'),
    resolved: state('3', 'Investigation completed'),
    closed: state('3', 'Investigation completed'),
    canceled: state('7'),
  },
  'graph-alert': {
    new: state('new'),
    'in-progress': state('inProgress'),
    'on-hold': state('inProgress'),
    'resolved-true-positive': state('resolved', 'truePositive'),
    'resolved-false-positive': state('resolved', 'falsePositive'),
    'resolved-benign': state('resolved', 'informationalExpectedActivity'),
    resolved: state('resolved'),
    closed: state('resolved'),
    canceled: state('resolved'),
  },
  'graph-incident': {
    new: state('active'),
    'in-progress': state('inProgress'),
    'on-hold': state('awaitingAction'),
    'resolved-true-positive': state('resolved', 'truePositive'),
    'resolved-false-positive': state('resolved', 'falsePositive'),
    'resolved-benign': state('resolved', 'informationalExpectedActivity'),
    resolved: state('resolved'),
    closed: state('resolved'),
    canceled: state('resolved'),
  },
  'defender-cloud': {
    new: state('Active'),
    'in-progress': state('InProgress'),
    'on-hold': state('InProgress'),
    'resolved-true-positive': state('Resolved'),
    'resolved-false-positive': state('Dismissed'),
    'resolved-benign': state('Dismissed'),
    resolved: state('Resolved'),
    closed: state('Resolved'),
    canceled: state('Dismissed'),
  },
  'cloud-apps': {
    new: state('open'),
    'in-progress': state('read'),
    'on-hold': state('read'),
    'resolved-true-positive': state('close_true_positive'),
    'resolved-false-positive': state('close_false_positive'),
    'resolved-benign': state('close_benign'),
    resolved: state('close_benign'),
    closed: state('close_benign'),
    canceled: state('close_false_positive', '4'),
  },
  sentinel: {
    new: state('New'),
    'in-progress': state('Active'),
    'on-hold': state('Active'),
    'resolved-true-positive': state('Closed', 'TruePositive'),
    'resolved-false-positive': state('Closed', 'FalsePositive'),
    'resolved-benign': state('Closed', 'BenignPositive'),
    resolved: state('Closed', 'Undetermined'),
    closed: state('Closed', 'Undetermined'),
    canceled: state('Closed', 'Undetermined'),
  },
}

/** Words that are read but never written: what lies between two written states, and old numbers. */
const readToo: Readonly<Partial<Record<System, Readonly<Record<string, CanonicalState>>>>> = {
  // 4 and 5 were Awaiting User Info and Awaiting Evidence before hold_reason.
  'servicenow-incident': { '4': 'on-hold', '5': 'on-hold' },
  // Contain, Eradicate, Recover, Review.
  'servicenow-sir': { '18': 'in-progress', '19': 'in-progress', '20': 'in-progress', '100': 'resolved' },
  'graph-alert': { unknown: 'new' },
  'graph-incident': { redirected: 'canceled' },
  'cloud-apps': { unread: 'new' },
}

export const toNative = (system: System, canonical: CanonicalState): NativeState => written[system][canonical]

/** Several canonical states may be spelled alike: the least that a spelling says is taken. */
const preference: readonly CanonicalState[] = [
  'new',
  'in-progress',
  'on-hold',
  'resolved',
  'canceled',
  'closed',
  'resolved-true-positive',
  'resolved-false-positive',
  'resolved-benign',
]

/** What a system's state means; undefined for one that is not known. Case does not count: Microsoft's samples mix it. */
export function fromNative(system: System, native: NativeState): CanonicalState | undefined {
  const same = (a: string | undefined, b: string | undefined): boolean => a?.toLowerCase() === b?.toLowerCase()
  const rows = written[system]
  const exact = preference.find(
    (c) => same(rows[c].state, native.state) && rows[c].verdict !== undefined && same(rows[c].verdict, native.verdict),
  )
  if (exact) return exact
  const plain = preference.find((c) => same(rows[c].state, native.state) && rows[c].verdict === undefined)
  const any = preference.find((c) => same(rows[c].state, native.state))
  return plain ?? any ?? readToo[system]?.[native.state.toLowerCase()]
}

/** Work on it is over, one way or another. */
export const isOver = (canonical: CanonicalState): boolean => !['new', 'in-progress', 'on-hold'].includes(canonical)
