import { coalesce, text } from '../../eval/ast.ts'
import { f, firstOf, meta, table } from '../words.ts'
import type { Rules } from './rules.ts'

const logon: Rules = () => ({
  action: table(f('event.outcome'), { success: 'success', failure: 'failure' }, text('pending')),
  src: coalesce(firstOf('source.ip', 'source.domain', 'client.ip', 'host.name')),
  signature: meta.signature,
  signature_id: meta.signatureId,
})

/** Logons to a service of the cloud: the client's device is not what was logged on to. */
export const cloudLogon: Rules = (about) => ({
  ...logon(about),
  app: coalesce(
    firstOf('microsoft.app.name', 'service.name', 'microsoft.app.id', 'microsoft.workload'),
    text(about.product),
  ),
  dest: coalesce(firstOf('destination.domain', 'service.name', 'microsoft.workload'), text(about.product)),
})

/** Logons to a machine. */
export const machineLogon: Rules = (about) => ({
  ...logon(about),
  app: coalesce(firstOf('network.protocol', 'service.name'), text(about.product)),
  dest: firstOf('destination.domain', 'host.name', 'destination.ip'),
})
