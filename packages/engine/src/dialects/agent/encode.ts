import { mcasLine } from '@siembridge/formats'
import type { EventView } from '../../interpret/view.ts'
import { timeMs } from '../../values/time.ts'
import type { TextMode } from '../../values/ids.ts'

/** Version that the lines name, in the form of the agent's own: its place in the header must hold one. */
const agentVersion = '0.111.126'

/**
 * The line that the Cloud App Security SIEM agent would have written (retired November 2025), so that parsers and detections
 * made for it keep working: activities as EVENT_CATEGORY_*, alerts as ALERT_*, the agent's keys in the agent's order,
 * empty values and all. The mapping is the one Microsoft published for moving from the agent to the newer sources.
 */
export function encodeAgent(view: EventView, mode: TextMode): string {
  void mode
  const alert = one(view, 'event.kind') === 'alert'
  const time = view.time ?? '1970-01-01T00:00:00.000Z'
  return mcasLine({
    time: `${time.slice(0, 23)}Z`,
    version: agentVersion,
    classId: `${alert ? 'ALERT_' : 'EVENT_CATEGORY_'}${constantCase(alert ? one(view, 'microsoft.alert.category') || view.signature.id : one(view, 'event.action'))}`,
    name: view.signature.name,
    severity: alert ? 3 : 0,
    pairs: alert ? alertPairs(view, String(timeMs(time))) : activityPairs(view, String(timeMs(time))),
  })
}

type Pair = readonly [key: string, value: string]

const one = (view: EventView, field: string): string => view.fields.get(field)?.[0] ?? ''
const list = (view: EventView, field: string): string => (view.fields.get(field) ?? []).join(',')

/** ASCII alone: a text may be the bytes of UTF-8, one a character. */
const upperCase = (text: string): string => text.replace(/[a-z]+/g, (run) => run.toUpperCase())

/** `FileDownloaded` and `Log on` to `FILE_DOWNLOADED` and `LOG_ON`. */
const constantCase = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .replace(/[a-z]+/g, upperCase)

function address(view: EventView): { v4: string; v6: string } {
  const ip = one(view, 'source.ip')
  return ip.includes(':') ? { v4: '', v6: ip } : { v4: ip, v6: '' }
}

const service = (view: EventView): string =>
  one(view, 'service.name') ||
  one(view, 'microsoft.app.name') ||
  one(view, 'microsoft.workload') ||
  one(view, 'microsoft.alert.service_source')

/** `ServiceNow` is `APPID_SERVICENOW`: the agent parts words where spaces are. */
const appIds = (view: EventView): string => {
  const name = service(view).replace(/[^A-Za-z0-9]+/g, '_')
  return name === '' ? '' : `APPID_${upperCase(name)}`
}

const activityPairs = (view: EventView, ms: string): Pair[] => [
  ['externalId', one(view, 'event.id')],
  ['rt', ms],
  ['start', ms],
  ['end', ms],
  ['msg', one(view, 'message') || view.signature.name],
  ['suser', one(view, 'user.name') || one(view, 'user.email')],
  ['destinationServiceName', service(view)],
  ['dvc', address(view).v4],
  ['requestClientApplication', one(view, 'user_agent.original')],
  ['cs1Label', 'portalURL'],
  ['cs1', one(view, 'event.url')],
  ['cs2Label', 'uniqueServiceAppIds'],
  ['cs2', appIds(view)],
  ['cs3Label', 'targetObjects'],
  ['cs3', list(view, 'user.target.name') || one(view, 'file.name') || one(view, 'microsoft.object_id')],
  ['cs4Label', 'policyIDs'],
  ['cs4', ''],
  ['c6a1Label', 'Device IPv6 Address'],
  ['c6a1', address(view).v6],
]

function alertPairs(view: EventView, ms: string): Pair[] {
  const { v4, v6 } = address(view)
  const at: Pair[] = v4 === '' ? [] : [['src', v4]]
  return [
    ['externalId', one(view, 'event.id')],
    ['start', ms],
    ['end', ms],
    ['msg', one(view, 'message') || view.signature.name],
    ['suser', one(view, 'user.name')],
    ['destinationServiceName', service(view)],
    ['cn1Label', 'riskScore'],
    ['cn1', ''],
    ['cs1Label', 'portalURL'],
    ['cs1', one(view, 'event.url')],
    ['cs2Label', 'uniqueServiceAppIds'],
    ['cs2', appIds(view)],
    ['cs3Label', 'relatedAudits'],
    ['cs3', one(view, 'microsoft.alert.provider_id')],
    ['cs4Label', 'policyIDs'],
    ['cs4', one(view, 'microsoft.alert.detector_id')],
    ...at,
    ...(v6 === ''
      ? []
      : ([
          ['c6a1Label', 'Device IPv6 Address'],
          ['c6a1', v6],
        ] as Pair[])),
  ]
}
