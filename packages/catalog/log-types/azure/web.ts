import { first, keyword, literal, objects, table, text, when } from '../../src/build.ts'
import type { Expr } from '../../src/model.ts'
import { httpOutcome, type Own, p } from './envelope.ts'

/** Fields of the two web application firewalls: Application Gateway's and Front Door's. */
export const waf: Own = {
  'microsoft.waf.action': [
    p('action'),
    keyword('Matched, Blocked, Detected, Allowed, Log, AnomalyScoring, JSChallenge…'),
  ],
  'microsoft.waf.policy': [first(p('policy'), p('policyId')), keyword('Policy of the firewall')],
  'microsoft.waf.mode': [first(p('policyMode'), p('WAFMode')), keyword('Prevention or Detection')],
  'microsoft.waf.message': [first(p('details.msg'), p('details.message')), text('Why the rule fired')],
  'microsoft.waf.data': [p('details.data'), text('Part of the request that matched')],
  'microsoft.waf.matches': [p('details.matches[]'), objects('Variables that matched, each with its value')],
  'microsoft.waf.tracking_id': [
    first(p('trackingReference'), p('transactionId')),
    keyword('Id that ties records of one request together'),
  ],
}

/** Rule of a firewall record; access records have no action. */
export const blocked: Expr = table(
  p('action'),
  {
    Blocked: 'denied',
    Block: 'denied',
    Redirect: 'denied',
    JSChallenge: 'denied',
    Allowed: 'allowed',
    Allow: 'allowed',
  },
  literal('info'),
)

/** A blocked request failed, an allowed one did not; a rule that only matched decides nothing. */
export const wafOutcome: Expr = table(blocked, { denied: 'failure', allowed: 'success' }, literal('unknown'))

export const webOutcome = (wafCategories: readonly string[], status: string): Expr =>
  when({ category: wafCategories }, wafOutcome, httpOutcome(status))

/** A block is low, because it was stopped; a rule that fired without blocking is medium, because it was not. */
export const wafSeverity: Expr = table(blocked, { denied: 'low', allowed: 'informational' }, literal('medium'))
