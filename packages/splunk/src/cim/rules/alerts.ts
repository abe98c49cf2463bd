import { call, coalesce, text } from '../../eval/ast.ts'
import { f, firstOf, head, meta } from '../words.ts'
import type { Rules } from './rules.ts'

/** What was hit comes before what reported it, and the tenant's service where the alert names neither. */
export const alerts: Rules = ({ product }) => ({
  app: coalesce(firstOf('microsoft.alert.service_source', 'observer.product'), text(product)),
  description: coalesce(firstOf('rule.description', 'message', 'event.reason'), meta.signature),
  dest: coalesce(
    firstOf('host.name', 'destination.domain', 'destination.ip', 'microsoft.resource.name', 'microsoft.object_id'),
    head('email.to.address'),
    firstOf('microsoft.workload'),
    text(product),
  ),
  id: coalesce(firstOf('microsoft.alert.id', 'microsoft.incident.id', 'event.id'), meta.eventId),
  severity: meta.severity,
  signature: coalesce(f('rule.name'), meta.signature),
  signature_id: meta.signatureId,
  src: coalesce(
    firstOf('source.ip', 'source.domain', 'client.ip', 'email.sender.address', 'email.from.address'),
    head('host.ip'),
    f('host.name'),
  ),
  type: text('alert'),
  user: coalesce(firstOf('user.name', 'user.email', 'user.id', 'user.target.name'), head('email.to.address')),
  mitre_technique_id: call('split', f('threat.technique.id'), text(', ')),
})
