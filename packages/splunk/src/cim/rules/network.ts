import { call, coalesce, text } from '../../eval/ast.ts'
import { f, firstOf, meta, patterns, table } from '../words.ts'
import type { Rules } from './rules.ts'

/** Connections and what a firewall made of them. */
export const networkTraffic: Rules = ({ product }) => ({
  action: patterns(
    f('event.type'),
    { '*denied*': 'blocked', '*allowed*': 'allowed', '*end*': 'teardown' },
    text('allowed'),
  ),
  app: coalesce(firstOf('network.application', 'network.protocol', 'process.name'), text(product)),
  dest: firstOf('destination.ip', 'destination.domain', 'url.domain', 'url.original'),
  dvc: firstOf('observer.name', 'host.name', 'microsoft.resource.name'),
  transport: patterns(call('lower', f('network.transport')), { '*icmp*': 'icmp', 'udp*': 'udp', 'tcp*': 'tcp' }),
  direction: table(f('network.direction'), {
    inbound: 'inbound',
    ingress: 'inbound',
    outbound: 'outbound',
    egress: 'outbound',
  }),
  protocol_version: patterns(f('source.ip'), { '*:*': 'ipv6', '*.*': 'ipv4' }),
})

/** What a web application firewall or an intrusion prevention system found on the way. */
export const ids: Rules = ({ product }) => ({
  action: patterns(f('event.type'), { '*denied*': 'blocked' }, text('allowed')),
  category: coalesce(firstOf('rule.category', 'rule.ruleset', 'threat.tactic.name'), meta.category),
  dvc: coalesce(firstOf('observer.name', 'host.name', 'microsoft.resource.name'), text(product)),
  dest: firstOf('destination.ip', 'destination.domain', 'url.domain', 'url.original', 'host.name'),
  ids_type: text('network'),
  severity: meta.severity,
  signature: coalesce(firstOf('rule.name'), meta.signature),
  signature_id: firstOf('rule.id'),
  transport: patterns(call('lower', f('network.transport')), { '*icmp*': 'icmp', 'udp*': 'udp', 'tcp*': 'tcp' }),
})
