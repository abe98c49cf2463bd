import { isProblem, readCef } from '@siembridge/formats'
import { expect, test } from 'vitest'
import { lines, sampleLine, siembridge } from './run.ts'

/** Made up; a policy whose name and message hold apostrophes, an IPv6 address, and a product that the agent reported. */
const alert = {
  '@odata.type': '#microsoft.graph.security.alert',
  id: 'ca65f0a1b2c3d4e5f607182930',
  providerAlertId: '65f0a1b2c3d4e5f607182930',
  incidentId: '2981',
  status: 'new',
  severity: 'medium',
  serviceSource: 'microsoftDefenderForCloudApps',
  detectionSource: 'microsoftDefenderForCloudApps',
  productName: 'Microsoft Defender for Cloud Apps',
  detectorId: '64f0a1b2c3d4e5f607182931',
  tenantId: 'aaaabbbb-0000-cccc-1111-dddd2222eeee',
  title: "Ann's policy",
  description: "Activity policy 'Ann's policy' was triggered by 'kim.akers@contoso.com'",
  category: 'SuspiciousActivity',
  alertWebUrl:
    'https://security.microsoft.com/alerts/ca65f0a1b2c3d4e5f607182930?tid=aaaabbbb-0000-cccc-1111-dddd2222eeee',
  createdDateTime: '2026-03-02T08:15:21.4466667Z',
  lastUpdateDateTime: '2026-03-02T09:01:00.53Z',
  firstActivityDateTime: '2026-03-02T08:09:58.123Z',
  lastActivityDateTime: '2026-03-02T08:12:03Z',
}

const application = {
  '@odata.type': '#microsoft.graph.security.cloudApplicationEvidence',
  appId: 20595,
  displayName: 'ServiceNow',
  instanceId: 0,
  instanceName: 'ServiceNow',
  saasAppId: 14509,
}
const user = {
  '@odata.type': '#microsoft.graph.security.userEvidence',
  userAccount: { accountName: 'kim.akers', domainName: 'contoso', userPrincipalName: 'kim.akers@contoso.com' },
}
const address = (ipAddress: string): object => ({ '@odata.type': '#microsoft.graph.security.ipEvidence', ipAddress })

const agent = async (stdin: string): Promise<string[]> => {
  const { status, stdout } = await siembridge(['convert', '--to', 'mcas-agent'], { stdin })
  expect(status).toBe(0)
  return lines(stdout)
}

test('an activity: all keys in the agent’s order, empty values, the label of c6a1 in quotes', async () => {
  expect(await agent(sampleLine('xdr.cloud-app', 'streaming-logon-failed'))).toEqual([
    '2026-03-02T08:09:58.123Z CEF:0|MCAS|SIEM_Agent|0.111.126|EVENT_CATEGORY_LOGON_FAILED|LogonFailed|0|' +
      'externalId=1772439000002_0ee1ff20-5162-4374-8eaf-1a2b3c4d5e71 rt=1772438998123 start=1772438998123 end=1772438998123 msg=LogonFailed ' +
      'suser=Sam Lee destinationServiceName=Salesforce dvc=198.51.100.14 requestClientApplication= cs1Label=portalURL cs1= ' +
      'cs2Label=uniqueServiceAppIds cs2=APPID_SALESFORCE cs3Label=targetObjects cs3= cs4Label=policyIDs cs4= c6a1Label="Device IPv6 Address" c6a1=',
  ])
})

test('an activity from an IPv6 address leaves dvc empty', async () => {
  const [line = ''] = await agent(sampleLine('xdr.cloud-app', 'streaming-strings'))
  expect(line).toContain(' dvc= requestClientApplication= ')
  expect(line).toMatch(/ c6a1Label="Device IPv6 Address" c6a1=2001:db8::45$/)
})

test('an alert: the agent’s order, severity 3, = escaped in the address, single quotes doubled, c6a1 for IPv6', async () => {
  expect(await agent(JSON.stringify({ ...alert, evidence: [application, user, address('2001:db8::45')] }))).toEqual([
    "2026-03-02T08:09:58.123Z CEF:0|MCAS|SIEM_Agent|0.111.126|ALERT_SUSPICIOUS_ACTIVITY|Ann''s policy|3|" +
      'externalId=ca65f0a1b2c3d4e5f607182930 start=1772438998123 end=1772438998123 ' +
      "msg=Activity policy ''Ann''s policy'' was triggered by ''kim.akers@contoso.com'' suser=kim.akers@contoso.com " +
      'destinationServiceName=ServiceNow cn1Label=riskScore cn1= cs1Label=portalURL ' +
      'cs1=https://security.microsoft.com/alerts/ca65f0a1b2c3d4e5f607182930?tid\\=aaaabbbb-0000-cccc-1111-dddd2222eeee ' +
      'cs2Label=uniqueServiceAppIds cs2=APPID_SERVICENOW cs3Label=relatedAudits cs3=65f0a1b2c3d4e5f607182930 ' +
      'cs4Label=policyIDs cs4=64f0a1b2c3d4e5f607182931 c6a1Label="Device IPv6 Address" c6a1=2001:db8::45',
  ])
})

test('an alert with an IPv4 address has src in place of c6a1', async () => {
  const [line = ''] = await agent(JSON.stringify({ ...alert, evidence: [application, user, address('198.51.100.7')] }))
  expect(line).toMatch(/ cs4=64f0a1b2c3d4e5f607182931 src=198\.51\.100\.7$/)
})

test('a receiver that reads CEF tolerantly reads the lines', async () => {
  for (const line of await agent(
    `${JSON.stringify({ ...alert, evidence: [] })}\n${sampleLine('xdr.cloud-app', 'streaming-strings')}`,
  )) {
    const read = readCef(line, { tolerant: true })
    expect(isProblem(read)).toBe(false)
    expect(read).toMatchObject({ vendor: 'MCAS', product: 'SIEM_Agent' })
  }
})
