import { logTypes } from '@siembridge/catalog'
import type { Eval } from '../eval/ast.ts'
import type { Condition } from './condition.ts'
import type { ModelId } from './models.ts'
import { alerts } from './rules/alerts.ts'
import { cloudLogon, machineLogon } from './rules/authentication.ts'
import { accountChange, change } from './rules/change.ts'
import { dataAccess, dlp } from './rules/data.ts'
import { email } from './rules/email.ts'
import { filesystem, processes, registry } from './rules/endpoint.ts'
import { malware } from './rules/malware.ts'
import { ids, networkTraffic } from './rules/network.ts'
import { windowsAccounts, windowsChange, windowsProcess, windowsRegistry, windowsTraffic } from './rules/windows.ts'
import { coalesce, text } from '../eval/ast.ts'
import { f, firstOf } from './words.ts'
import type { Rules } from './rules/rules.ts'

/** Events of a log type that belong to a data model: one event type. */
export interface Membership {
  readonly model: ModelId
  readonly rules: Rules
  /** Which of them; all unless told. */
  readonly when?: Condition
  /** Which of those not, because another event type takes them. */
  readonly not?: Condition
  /** Fields that this log type has elsewhere than the data model's rules look. */
  readonly set?: Readonly<Record<string, Eval>>
}

/** The data models of a log type, or why it has none. */
export type Models = readonly Membership[] | string

const alert: Membership = { model: 'alerts', rules: alerts }
const alertKind: Membership = { ...alert, when: { 'event.kind': 'alert' } }
const changed = { 'event.type': ['*creation*', '*deletion*', '*change*'], 'event.outcome': ['success', 'failure'] }
const accounts = { 'event.category': '*iam*', 'event.type': '*user*' }
const changes: readonly Membership[] = [
  { model: 'account_change', rules: accountChange, when: { ...changed, ...accounts } },
  {
    model: 'change',
    rules: change,
    when: { ...changed, 'event.category': ['*iam*', '*configuration*'] },
    not: accounts,
  },
]
const plainChange: Membership = {
  model: 'change',
  rules: change,
  when: { ...changed, 'event.category': ['*iam*', '*configuration*'] },
}
const logonTo = (rules: Rules): Membership => ({
  model: 'authentication',
  rules,
  when: { 'event.category': '*authentication*' },
})
const attacks: Membership = { model: 'malware', rules: malware, when: { 'event.category': '*malware*' } }
const traffic: Membership = {
  model: 'network_traffic',
  rules: networkTraffic,
  when: { 'event.category': '*network*', 'event.type': ['*allowed*', '*denied*', '*connection*', '*start*', '*end*'] },
}
const found: Membership = { model: 'ids', rules: ids, when: { 'event.category': '*intrusion_detection*' } }
const access = (when?: Condition): Membership => ({ model: 'data_access', rules: dataAccess, ...(when && { when }) })

const web = 'requests of a web server, and the Web data model is not filled'

/** What is known of single log types. */
const memberships: Readonly<Record<string, Models>> = {
  'azure.activity': [alertKind, plainChange],
  'azure.application-gateway': [alertKind, found],
  'azure.firewall': [alertKind, found, traffic],
  'azure.front-door': [alertKind, found],
  'azure.key-vault': [
    access({ 'event.type': ['*access*'], 'event.outcome': ['success', 'failure'] }),
    { ...plainChange, when: changed },
  ],
  'azure.nsg-flow': [traffic],
  'azure.resource-log': 'what these records mean is not known',
  'azure.storage': [
    {
      ...access(),
      set: { vendor_account: coalesce(firstOf('cloud.account.id', 'organization.id', 'microsoft.storage.account')) },
    },
  ],
  'azure.vnet-flow': [traffic],
  'azure.windows-event': [
    logonTo(machineLogon),
    {
      model: 'account_change',
      rules: accountChange,
      when: { ...changed, 'event.category': 'iam' },
      set: windowsAccounts,
    },
    { model: 'change', rules: change, when: { ...changed, 'event.category': 'configuration' }, set: windowsChange },
    {
      model: 'processes',
      rules: processes,
      when: { 'event.category': 'process', 'event.type': 'start' },
      set: windowsProcess,
    },
    { model: 'filesystem', rules: filesystem, when: { 'event.category': 'file' } },
    { model: 'registry', rules: registry, when: { 'event.category': 'registry' }, set: windowsRegistry },
    attacks,
    { ...traffic, when: { 'event.category': 'network', 'event.type': ['*allowed*', '*denied*'] }, set: windowsTraffic },
  ],
  'defender-cloud.alert': [alert],
  'defender-cloud.posture': 'states, not events: recommendations, scores and compliance',
  'entra.directory-audit': changes,
  'entra.provisioning': [{ model: 'account_change', rules: accountChange, when: changed }],
  'entra.risk-detection': [alert],
  'entra.risky-user': [alert],
  'entra.sign-in': [{ model: 'authentication', rules: cloudLogon }],
  'o365.air': [alert],
  'o365.atp-content': [alert, attacks],
  'o365.audit': [alertKind, plainChange],
  'o365.azure-ad': [logonTo(cloudLogon), ...changes],
  'o365.compliance-alert': [alert],
  'o365.defender-mail': [alert, attacks],
  'o365.dlp': [{ model: 'dlp', rules: dlp, when: { 'event.kind': 'alert' } }],
  'o365.exchange-admin': [plainChange],
  'o365.exchange-mailbox': [access()],
  'o365.power-bi': [access({ 'event.category': 'web' }), plainChange],
  'o365.sharepoint': [access({ 'event.category': 'file' }), attacks, plainChange],
  'o365.teams': [logonTo(cloudLogon), plainChange],
  'o365.url-click': [alert],
  'siembridge.event': 'how the bridge itself fares',
  'xdr.alert': [alert, attacks],
  'xdr.alert-evidence': [alert],
  'xdr.alert-info': [alert],
  'xdr.cloud-app': [logonTo(cloudLogon), access({ 'event.category': 'file' })],
  'xdr.device-event': [
    alertKind,
    attacks,
    { ...found, set: { ids_type: text('host'), dest: f('host.name'), category: firstOf('event.action') } },
  ],
  'xdr.device-file': [{ model: 'filesystem', rules: filesystem }],
  'xdr.device-logon': [{ model: 'authentication', rules: machineLogon }],
  'xdr.device-network': [traffic],
  'xdr.device-process': [{ model: 'processes', rules: processes }],
  'xdr.device-registry': [{ model: 'registry', rules: registry }],
  'xdr.email': [
    {
      model: 'email',
      rules: email,
      when: { 'signature.id': ['email.delivered', 'email.junked', 'email.blocked', 'email.replaced'] },
    },
  ],
  'xdr.identity-logon': [
    {
      model: 'authentication',
      rules: machineLogon,
      set: {
        dest: firstOf('microsoft.identity_logon.target_device', 'destination.domain', 'destination.ip', 'service.name'),
      },
    },
  ],
  'xdr.incident': [alert],
  'xdr.streaming': 'tables of advanced hunting that are not normalised yet',
  'xdr.url-click': web,
}

/**
 * The data models of a log type. One that the table does not name has the data model of alerts where it tells alerts: a new log
 * type works without being named here, and is named to say more.
 */
export function modelsOf(type: string): Models {
  const alerts = JSON.stringify(logTypes.find(({ id }) => id === type)?.fields['event.kind'] ?? '').includes('"alert"')
  return (
    memberships[type] ?? (alerts ? [alertKind] : 'its events are no alerts, and no other data model is told for them')
  )
}

/** The event types of a log type; none where it is in no data model. */
export function membersOf(type: string): readonly Membership[] {
  const models = modelsOf(type)
  return typeof models === 'string' ? [] : models
}
