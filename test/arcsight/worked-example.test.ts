import { arcsightKit, cefOf, loadParser, runParser } from '@siembridge/arcsight'
import { parseJson } from '@siembridge/engine/json'
import { expect, test } from 'vitest'

const resource =
  '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-prod/providers/Microsoft.Network/networkSecurityGroups/nsg-web/securityRules/allow=rdp'
const operation = 'Microsoft.Network/networkSecurityGroups/securityRules/write'
const record = {
  timeMs: 1_709_648_551_482,
  category: 'Administrative',
  operationName: operation,
  resultType: 'Success',
  resultSignature: 'Succeeded.Created',
  level: 'Warning',
  callerIpAddress: '203.0.113.7',
  correlationId: '7d1c5a3e-90b2-4c5e-8f52-0a6c1f3b9e11',
  resourceId: resource,
  identity: { upn: 'avery@contoso.com', appid: null },
  properties: { message: 'Rule allow=rdp | priority 100\nchanged', roles: ['Owner', 'Reader'] },
}

const tokens = [
  'timeMs Long timeMs',
  'category String category',
  'operationName String operationName',
  'resultType String resultType',
  'level String level',
  'callerIpAddress IPAddress callerIpAddress',
  'correlationId String correlationId',
  'resourceId String resourceId',
  'upn String identity/upn',
  'appid String identity/appid',
  'message String properties/message',
  'roles String properties/roles',
].flatMap((line, at) => {
  const [name, type, location] = line.split(' ')
  return [`token[${at}].name=${name}`, `token[${at}].type=${type}`, `token[${at}].location=${location}`]
})

const parser = `trigger.node.location=/records
token.count=12
${tokens.join('\n')}

additionaldata.enabled=false

event.deviceVendor=__getVendor("Microsoft")
event.deviceProduct=__stringConstant("Azure Activity Log")
event.deviceVersion=__stringConstant("1.0")
event.deviceEventClassId=operationName
event.name=__oneOf(operationName,"Azure activity")
event.deviceEventCategory=category
event.deviceSeverity=level
event.deviceReceiptTime=__longToTimeStamp(timeMs)
event.endTime=__longToTimeStamp(timeMs)
event.externalId=correlationId
event.sourceAddress=callerIpAddress
event.sourceUserName=__oneOf(upn,appid)
event.destinationServiceName=__stringConstant("Azure Resource Manager")
event.deviceAction=__regexToken(operationName,"^.*/([^/]+)$")
event.eventOutcome=__toLowerCase(resultType)
event.message=message
event.deviceCustomString1=resourceId
event.deviceCustomString1Label=__stringConstant("Resource Id")
event.deviceCustomString2=__regexToken(resourceId,"^/subscriptions/([^/]+)/.*$")
event.deviceCustomString2Label=__stringConstant("Subscription Id")
event.deviceCustomString3=roles
event.deviceCustomString3Label=__stringConstant("Caller Roles")

severity.map.low.if.deviceSeverity=Informational,Information,Verbose
severity.map.medium.if.deviceSeverity=Warning
severity.map.high.if.deviceSeverity=Error
severity.map.veryhigh.if.deviceSeverity=Critical

conditionalmap.count=1
conditionalmap[0].field=event.eventOutcome
conditionalmap[0].mappings.count=2
conditionalmap[0].mappings[0].values=success,succeeded
conditionalmap[0].mappings[0].event.categoryOutcome=__stringConstant("/Success")
conditionalmap[0].mappings[1].values=failure,failed
conditionalmap[0].mappings[1].event.categoryOutcome=__stringConstant("/Failure")
`
const path = 'flexagent/azure_activity.jsonparser.properties'
const categorizer = `event.deviceEventClassId,set.event.categoryObject,set.event.categoryBehavior,set.event.categoryDeviceGroup,set.event.categorySignificance
${operation},/Host/Application/Service,/Modify/Configuration,/Application,/Informational
`

const fields = {
  deviceVendor: 'Microsoft',
  deviceProduct: 'Azure Activity Log',
  deviceVersion: '1.0',
  deviceEventClassId: operation,
  name: operation,
  deviceEventCategory: 'Administrative',
  deviceSeverity: 'Warning',
  deviceReceiptTime: '1709648551482',
  endTime: '1709648551482',
  externalId: '7d1c5a3e-90b2-4c5e-8f52-0a6c1f3b9e11',
  sourceAddress: '203.0.113.7',
  sourceUserName: 'avery@contoso.com',
  destinationServiceName: 'Azure Resource Manager',
  deviceAction: 'write',
  eventOutcome: 'success',
  categoryOutcome: '/Success',
  message: 'Rule allow=rdp | priority 100\nchanged',
  deviceCustomString1: resource,
  deviceCustomString1Label: 'Resource Id',
  deviceCustomString2: '11111111-2222-3333-4444-555555555555',
  deviceCustomString2Label: 'Subscription Id',
  deviceCustomString3: '["Owner","Reader"]',
  deviceCustomString3Label: 'Caller Roles',
}

test('a parser written by hand makes the event that it was written for, one for each record of the list', () => {
  const loaded = loadParser(path, parser)
  if (!loaded) throw new Error('no parser')
  expect(loaded.problems).toEqual([])
  const events = runParser(loaded, parseJson(JSON.stringify({ records: [record, record] })), {
    parser: () => undefined,
    table: () => undefined,
  })
  expect(events).toHaveLength(2)
  const [event] = events
  expect(Object.fromEntries([...(event?.fields ?? [])].map(([field, { text }]) => [field, text]))).toEqual(fields)
  expect(event?.severity).toBe('medium')
  expect(event?.outcome.ambiguities).toEqual([])
})

test('its CEF is that of a careful sender: no pipe beyond the header, times in milliseconds, labels with their values', () => {
  const loaded = loadParser(path, parser)
  if (!loaded) throw new Error('no parser')
  const [event] = runParser(loaded, parseJson(JSON.stringify({ records: [record] })), {
    parser: () => undefined,
    table: () => undefined,
  })
  const line = event ? cefOf(event) : ''
  expect(line.slice(0, line.indexOf('|rt=') + 1)).toBe(
    `CEF:0|Microsoft|Azure Activity Log|1.0|${operation}|${operation}|5|`,
  )
  // The keys stand in the order of our own CEF; which one comes first means nothing to a reader.
  expect(new Set(line.slice(line.indexOf('|rt=') + 1).split(/ (?=[A-Za-z0-9]+=)/))).toEqual(
    new Set([
      'rt=1709648551482',
      'end=1709648551482',
      'externalId=7d1c5a3e-90b2-4c5e-8f52-0a6c1f3b9e11',
      'src=203.0.113.7',
      'suser=avery@contoso.com',
      'destinationServiceName=Azure Resource Manager',
      'cat=Administrative',
      'act=write',
      'outcome=success',
      'categoryOutcome=/Success',
      // A connector sends it on; CEF of other senders has it in the header alone.
      'deviceSeverity=Warning',
      String.raw`msg=Rule allow\=rdp / priority 100\nchanged`,
      `cs1=${resource.replace('=', String.raw`\=`)}`,
      'cs1Label=Resource Id',
      'cs2=11111111-2222-3333-4444-555555555555',
      'cs2Label=Subscription Id',
      'cs3=["Owner","Reader"]',
      'cs3Label=Caller Roles',
    ]),
  )
})

test('a categorizer finds it by vendor and product', () => {
  const verifier = arcsightKit.verify(
    [
      { path, content: parser },
      { path: 'acp/categorizer/current/microsoft/azure_activity_log.csv', content: categorizer },
    ],
    { form: 'as-is' },
  )
  expect(verifier.problems).toEqual([])
  const [event] = verifier.record(Buffer.from(JSON.stringify({ records: [record] })))
  expect(event).toMatchObject({
    is: 'parsed',
    parser: path,
    fields: {
      ...fields,
      startTime: fields.endTime,
      agentSeverity: 'medium',
      categoryObject: '/Host/Application/Service',
      categoryBehavior: '/Modify/Configuration',
      categoryDeviceGroup: '/Application',
      categorySignificance: '/Informational',
    },
    problems: [],
  })
})
