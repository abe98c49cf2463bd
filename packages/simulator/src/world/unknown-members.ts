// Members behind the sentinel of their evolvable enumeration (Graph metadata, v1.0 CSDL): without the header
// `Prefer: include-unknown-enum-members` each comes back as unknownFutureValue.
const members: Readonly<Record<string, readonly string[]>> = {
  serviceSource: [
    'microsoftDefenderForCloud',
    'microsoftSentinel',
    'microsoftInsiderRiskManagement',
    'microsoftThreatIntelligence',
    'microsoftSecurityForAI',
  ],
  detectionSource: [
    'microsoftDefenderForCloud',
    'microsoftDefenderForServers',
    'microsoftDefenderForStorage',
    'microsoftDefenderForKeyVault',
    'nrtAlerts',
    'scheduledAlerts',
    'builtInMl',
    'microsoftInsiderRiskManagement',
    'microsoftThreatIntelligence',
    'microsoftSentinel',
  ],
  status: ['awaitingAction'],
  remediationStatus: ['active', 'pendingApproval', 'declined', 'unremediated', 'running', 'partiallyRemediated'],
  result: ['reportOnlySuccess', 'reportOnlyFailure', 'reportOnlyNotApplied', 'reportOnlyInterrupted'],
  riskDetail: ['m365DAdminDismissedDetection', 'userChangedPasswordOnPremises', 'adminDismissedRiskForSignIn'],
}

/** The record's text as a client gets it that does not ask for unknown members; `text` when it has none. */
export function foldUnknownMembers(record: Readonly<Record<string, unknown>>, text: string): string {
  let found = false
  const folded = JSON.stringify(record, (key, value: unknown) => {
    const isUnknown = typeof value === 'string' && members[key]?.includes(value) === true
    found ||= isUnknown
    return isUnknown ? 'unknownFutureValue' : value
  })
  return found ? folded : text
}
