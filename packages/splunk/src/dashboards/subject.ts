/**
 * Events that a dashboard is about, from both kinds of sourcetypes: ours with CIM fields, and those of older add-ons with Microsoft's
 * JSON. A macro finds them and gives their fields the same names.
 */
export interface Subject {
  /** Name of the macro. */
  readonly macro: string
  readonly about: string
  /** Log types whose own sourcetypes belong to it. */
  readonly types: readonly string[]
  /** Sourcetypes of older add-ons. */
  readonly compatible: readonly string[]
  /** Field of the dashboards to its expression; only fields of the event may stand in it. */
  readonly fields: Readonly<Record<string, string>>
}

export const alertSubject: Subject = {
  macro: 'siembridge_alerts',
  about: 'alerts of Defender XDR and Defender for Cloud, and risks that Entra ID Protection found',
  types: ['xdr.alert', 'defender-cloud.alert', 'entra.risk-detection'],
  compatible: ['ms365:defender:incident:alerts', 'azure:aad:identity_protection:risk_detection'],
  fields: {
    alert: 'coalesce(signature, title, riskEventType)',
    alert_id: "coalesce('id', 'providerAlertId')",
    severity: 'lower(coalesce(severity, riskLevel))',
    product: 'coalesce(vendor_product, productName, serviceSource, "Entra ID Protection")',
    kind: 'coalesce(microsoft_alert_category, category, riskEventType)',
    state: 'coalesce(microsoft_alert_status, status, microsoft_risk_state, riskState)',
    incident: 'coalesce(microsoft_incident_id, incidentId)',
    user: "lower(coalesce(user, userPrincipalName, mvindex('evidence{}.userAccount.userPrincipalName', 0)))",
    // Automatic extraction ends before the evidence of large alerts: this reads the event itself.
    host: String.raw`coalesce(host_name, case(like(_raw, "%\"deviceDnsName\":\"%"), replace(_raw, "^.*?\"deviceDnsName\":\"([^\"]*)\".*$", "\1")))`,
    link: 'coalesce(event_url, alertWebUrl)',
  },
}

export const signInSubject: Subject = {
  macro: 'siembridge_sign_ins',
  about: 'sign-ins of people, applications and managed identities in Entra ID',
  types: ['entra.sign-in'],
  compatible: ['azure:aad:signin'],
  fields: {
    user: 'lower(coalesce(user, userPrincipalName, servicePrincipalName))',
    src: 'coalesce(src, ipAddress)',
    app: 'coalesce(app, appDisplayName, resourceDisplayName)',
    outcome: 'coalesce(action, case(\'status.errorCode\' == 0, "success", isnotnull(\'status.errorCode\'), "failure"))',
    reason: "coalesce(event_reason, 'status.failureReason')",
    country: "coalesce(source_geo_country_iso_code, 'location.countryOrRegion')",
    client: 'coalesce(microsoft_sign_in_client_app, clientAppUsed)',
    risk: 'lower(coalesce(microsoft_risk_level, riskLevelDuringSignIn))',
    access: 'lower(coalesce(microsoft_sign_in_conditional_access_status, conditionalAccessStatus))',
  },
}

export const auditSubject: Subject = {
  macro: 'siembridge_audit',
  about: 'what was done in Entra ID and in Office 365: the audit log of the directory and the unified audit log',
  types: [
    'entra.directory-audit',
    'o365.audit',
    'o365.azure-ad',
    'o365.exchange-admin',
    'o365.exchange-mailbox',
    'o365.sharepoint',
    'o365.teams',
    'o365.power-bi',
    'o365.dlp',
  ],
  compatible: ['azure:aad:audit', 'o365:management:activity'],
  fields: {
    user: "lower(coalesce(user, UserId, 'initiatedBy.user.userPrincipalName', 'initiatedBy.app.displayName'))",
    src: "coalesce(src, ClientIP, ActorIpAddress, 'initiatedBy.user.ipAddress')",
    activity: 'coalesce(command, event_action, Operation, activityDisplayName)',
    workload: 'coalesce(microsoft_workload, Workload, loggedByService)',
    outcome: 'lower(coalesce(status, event_outcome, ResultStatus, result))',
    target: "coalesce(object, ObjectId, mvindex('targetResources{}.displayName', 0))",
  },
}

export const subjects: readonly Subject[] = [alertSubject, signInSubject, auditSubject]
