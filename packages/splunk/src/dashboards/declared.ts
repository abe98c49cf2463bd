import type { Panel } from './panel.ts'
import { alertSubject, auditSubject, signInSubject } from './subject.ts'

/** A dashboard over events, as data. */
export interface DeclaredDashboard {
  /** Name of the view. */
  readonly view: string
  readonly title: string
  readonly description: string
  readonly panels: readonly Panel[]
}

const alerts: DeclaredDashboard = {
  view: 'dashboard_alerts',
  title: 'Alerts',
  description: 'Alerts of Defender XDR and Defender for Cloud, and risks of Entra ID Protection',
  panels: [
    { title: 'Alerts', subject: alertSubject, shows: { as: 'number', distinct: 'alert_id' }, width: 3 },
    {
      title: 'High severity',
      subject: alertSubject,
      where: { field: 'severity', is: ['high', 'critical'] },
      shows: { as: 'number', distinct: 'alert_id' },
      width: 3,
    },
    { title: 'Incidents', subject: alertSubject, shows: { as: 'number', distinct: 'incident' }, width: 3 },
    { title: 'Users concerned', subject: alertSubject, shows: { as: 'number', distinct: 'user' }, width: 3 },
    { title: 'Alerts over time by severity', subject: alertSubject, shows: { as: 'time', by: 'severity' }, width: 8 },
    { title: 'By product', subject: alertSubject, shows: { as: 'top', of: 'product' }, width: 4 },
    { title: 'By category', subject: alertSubject, shows: { as: 'top', of: 'kind' }, width: 4 },
    { title: 'Users with most alerts', subject: alertSubject, shows: { as: 'top', of: 'user' }, width: 4 },
    { title: 'Hosts with most alerts', subject: alertSubject, shows: { as: 'top', of: 'host' }, width: 4 },
    {
      title: 'Newest alerts',
      subject: alertSubject,
      shows: { as: 'newest', fields: ['severity', 'alert', 'product', 'state', 'user', 'host', 'incident', 'link'] },
      width: 12,
      height: 400,
    },
  ],
}

const signIns: DeclaredDashboard = {
  view: 'dashboard_sign_ins',
  title: 'Sign-ins',
  description: 'Sign-ins in Entra ID: outcome, place, client, risk',
  panels: [
    { title: 'Sign-ins', subject: signInSubject, shows: { as: 'number' }, width: 3 },
    {
      title: 'Failed',
      subject: signInSubject,
      where: { field: 'outcome', is: ['failure'] },
      shows: { as: 'number' },
      width: 3,
    },
    { title: 'Users', subject: signInSubject, shows: { as: 'number', distinct: 'user' }, width: 3 },
    { title: 'Countries', subject: signInSubject, shows: { as: 'number', distinct: 'country' }, width: 3 },
    { title: 'Sign-ins over time by outcome', subject: signInSubject, shows: { as: 'time', by: 'outcome' }, width: 8 },
    {
      title: 'Why sign-ins fail',
      subject: signInSubject,
      where: { field: 'outcome', is: ['failure'] },
      shows: { as: 'top', of: 'reason' },
      width: 4,
    },
    { title: 'Applications', subject: signInSubject, shows: { as: 'top', of: 'app' }, width: 4 },
    { title: 'Countries', subject: signInSubject, shows: { as: 'top', of: 'country' }, width: 4 },
    { title: 'Clients', subject: signInSubject, shows: { as: 'top', of: 'client' }, width: 4 },
    {
      title: 'Failures by user and address',
      subject: signInSubject,
      where: { field: 'outcome', is: ['failure'] },
      shows: { as: 'counts', by: ['user', 'src'] },
      width: 6,
      height: 350,
    },
    { title: 'Conditional access', subject: signInSubject, shows: { as: 'top', of: 'access' }, width: 6, height: 350 },
    {
      title: 'Sign-ins at risk',
      subject: signInSubject,
      where: { field: 'risk', is: ['high', 'medium', 'low'] },
      shows: { as: 'newest', fields: ['risk', 'user', 'src', 'country', 'app', 'outcome', 'reason'] },
      width: 12,
      height: 350,
    },
  ],
}

const audit: DeclaredDashboard = {
  view: 'dashboard_audit',
  title: 'Audit',
  description: 'What was done in Entra ID, Exchange, SharePoint, Teams and the rest of Office 365',
  panels: [
    { title: 'Events', subject: auditSubject, shows: { as: 'number' }, width: 4 },
    { title: 'Users', subject: auditSubject, shows: { as: 'number', distinct: 'user' }, width: 4 },
    { title: 'Kinds of activity', subject: auditSubject, shows: { as: 'number', distinct: 'activity' }, width: 4 },
    { title: 'Events over time by service', subject: auditSubject, shows: { as: 'time', by: 'workload' }, width: 8 },
    { title: 'Outcome', subject: auditSubject, shows: { as: 'top', of: 'outcome' }, width: 4 },
    { title: 'Activities', subject: auditSubject, shows: { as: 'top', of: 'activity', limit: 20 }, width: 6 },
    { title: 'Users', subject: auditSubject, shows: { as: 'top', of: 'user', limit: 20 }, width: 6 },
    {
      title: 'Newest events',
      subject: auditSubject,
      shows: { as: 'newest', fields: ['workload', 'activity', 'user', 'src', 'target', 'outcome'] },
      width: 12,
      height: 400,
    },
  ],
}

export const declaredDashboards: readonly DeclaredDashboard[] = [alerts, signIns, audit]
