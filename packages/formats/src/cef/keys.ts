/** The type of an ArcSight event field. `time` is written as milliseconds since 1970, `ip` as IPv4. */
export type CefType = 'string' | 'long' | 'integer' | 'float' | 'time' | 'ip' | 'ipv6' | 'mac'

/** One assignable extension key: ArcSight's field name, its type, its column length in bytes, its shrink order. */
export interface CefKey {
  readonly field: string
  readonly type: CefType
  readonly max?: number
  /** A higher number is dropped earlier when a line is too long; below 10, only when nothing else helps. */
  readonly priority: number
}

/** Column lengths of the header fields in bytes (ArcSight event schema; unconfirmed by a published page). */
export const cefHeaderMax = { vendor: 63, product: 63, version: 31, classId: 1023, name: 512 } as const

/** Below this priority a pair is dropped only after every long text was shortened. */
export const keepBelow = 10

type Row = readonly [key: string, field: string, type: CefType, max: number | undefined, priority: number]

function same(keys: string, type: CefType, max: number | undefined, priority: number): Row[] {
  return keys.split(' ').map((key) => [key, key, type, max, priority] as const)
}

/** `cs1` .. `cs6` and their labels; the last member is dropped first. */
function family(key: string, field: string, count: number, type: CefType, sizes: Sizes, priority: number): Row[] {
  return Array.from({ length: count }, (_, i) => i + 1).flatMap((n): Row[] => [
    [`${key}${n}`, `${field}${n}`, type, sizes[0], priority + n],
    [`${key}${n}Label`, `${field}${n}Label`, 'string', sizes[1], priority + n],
  ])
}

type Sizes = readonly [value: number | undefined, label: number]

// Names, types and lengths: CEF revision 25, extension dictionary. Two names are printed there with a capital D
// (DeviceOutboundInterface, DevicePayloadId) and are written in lower case here, as decoders expect them.
const rows: readonly Row[] = [
  ['rt', 'deviceReceiptTime', 'time', undefined, 0],
  ['externalId', 'externalId', 'string', 40, 0],
  ['src', 'sourceAddress', 'ip', undefined, 1],
  ['dst', 'destinationAddress', 'ip', undefined, 1],
  ['suser', 'sourceUserName', 'string', 1023, 1],
  ['duser', 'destinationUserName', 'string', 1023, 1],
  ['act', 'deviceAction', 'string', 63, 1],
  ['outcome', 'eventOutcome', 'string', 63, 1],
  ['start', 'startTime', 'time', undefined, 2],
  ['end', 'endTime', 'time', undefined, 2],
  ['cat', 'deviceEventCategory', 'string', 1023, 2],
  ['dvc', 'deviceAddress', 'ip', undefined, 2],
  ['dvchost', 'deviceHostName', 'string', 100, 2],
  ['shost', 'sourceHostName', 'string', 1023, 2],
  ['dhost', 'destinationHostName', 'string', 1023, 2],
  ['msg', 'message', 'string', 1023, 3],
  ['cnt', 'baseEventCount', 'integer', undefined, 3],
  ['app', 'applicationProtocol', 'string', 31, 3],
  ['proto', 'transportProtocol', 'string', 31, 3],
  ['spt', 'sourcePort', 'integer', undefined, 3],
  ['dpt', 'destinationPort', 'integer', undefined, 3],
  ...same('deviceDirection type', 'integer', undefined, 3),
  ['reason', 'reason', 'string', 1023, 4],
  ...family('c6a', 'deviceCustomIPv6Address', 4, 'ipv6', [undefined, 1023], 4),
  ['in', 'bytesIn', 'long', undefined, 8],
  ['out', 'bytesOut', 'long', undefined, 8],
  ['deviceSeverity', 'deviceSeverity', 'string', 63, 9],
  ['suid', 'sourceUserId', 'string', 1023, 9],
  ['duid', 'destinationUserId', 'string', 1023, 9],
  ...same('sourceServiceName destinationServiceName', 'string', 1023, 9),
  ['fname', 'fileName', 'string', 1023, 10],
  ['fileHash', 'fileHash', 'string', 255, 10],
  ['deviceExternalId', 'deviceExternalId', 'string', 255, 10],
  ...same('categoryObject categoryBehavior categoryOutcome categoryTechnique', 'string', 1023, 11),
  ...same('categorySignificance categoryDeviceGroup', 'string', 1023, 11),
  ['catdt', 'categoryDeviceType', 'string', 1023, 11],
  ['sproc', 'sourceProcessName', 'string', 1023, 12],
  ['dproc', 'destinationProcessName', 'string', 1023, 12],
  ['sntdom', 'sourceNtDomain', 'string', 255, 13],
  ['dntdom', 'destinationNtDomain', 'string', 255, 13],
  ...same('sourceDnsDomain destinationDnsDomain deviceDnsDomain deviceNtDomain', 'string', 255, 13),
  ['smac', 'sourceMacAddress', 'mac', undefined, 13],
  ['dmac', 'destinationMacAddress', 'mac', undefined, 13],
  ['dvcmac', 'deviceMacAddress', 'mac', undefined, 13],
  ...same('filePath', 'string', 1023, 14),
  ['fsize', 'fileSize', 'long', undefined, 15],
  ['spid', 'sourceProcessId', 'integer', undefined, 15],
  ['dpid', 'destinationProcessId', 'integer', undefined, 15],
  ['spriv', 'sourceUserPrivileges', 'string', 1023, 15],
  ['dpriv', 'destinationUserPrivileges', 'string', 1023, 15],
  ...same('requestMethod', 'string', 1023, 15),
  ...same('fileId fileType filePermission', 'string', 1023, 18),
  ...same('fileCreateTime fileModificationTime', 'time', undefined, 18),
  ['request', 'requestUrl', 'string', 1023, 20],
  ...same('deviceFacility', 'string', 1023, 20),
  ...same('requestClientApplication deviceProcessName', 'string', 1023, 25),
  ['slat', 'sourceGeoLatitude', 'float', undefined, 30],
  ['slong', 'sourceGeoLongitude', 'float', undefined, 30],
  ['dlat', 'destinationGeoLatitude', 'float', undefined, 30],
  ['dlong', 'destinationGeoLongitude', 'float', undefined, 30],
  ['dvcpid', 'deviceProcessId', 'integer', undefined, 30],
  ['dtz', 'deviceTimeZone', 'string', 255, 30],
  ...same('deviceInboundInterface deviceOutboundInterface devicePayloadId', 'string', 128, 30),
  ...same('customerURI', 'string', 2048, 30),
  ...same('customerExternalID', 'string', 200, 30),
  ...same('deviceTranslatedAddress sourceTranslatedAddress destinationTranslatedAddress', 'ip', undefined, 35),
  ...same('sourceTranslatedPort destinationTranslatedPort', 'integer', undefined, 35),
  ...same('deviceZoneURI sourceZoneURI destinationZoneURI', 'string', 2048, 35),
  ...same('deviceTranslatedZoneURI sourceTranslatedZoneURI destinationTranslatedZoneURI', 'string', 2048, 35),
  ...same('deviceZoneExternalID sourceZoneExternalID destinationZoneExternalID', 'string', 200, 35),
  ...same('deviceTranslatedZoneExternalID sourceTranslatedZoneExternalID', 'string', 200, 35),
  ...same('destinationTranslatedZoneExternalID', 'string', 200, 35),
  ...same('requestContext', 'string', 2048, 40),
  ...same('oldFileName oldFilePath oldFileId oldFileType oldFilePermission', 'string', 1023, 45),
  ...same('oldFileHash', 'string', 255, 45),
  ...same('oldFileSize', 'long', undefined, 45),
  ...same('oldFileCreateTime oldFileModificationTime', 'time', undefined, 45),
  ...same('requestCookies', 'string', 1023, 50),
  ...family('deviceCustomDate', 'deviceCustomDate', 2, 'time', [undefined, 1023], 54),
  ...family('cn', 'deviceCustomNumber', 3, 'long', [undefined, 1023], 60),
  ...family('cfp', 'deviceCustomFloatingPoint', 4, 'float', [undefined, 1023], 70),
  ...family('cs', 'deviceCustomString', 6, 'string', [4000, 1023], 80),
  ...family('flexDate', 'flexDate', 1, 'time', [undefined, 128], 90),
  ...family('flexNumber', 'flexNumber', 2, 'long', [undefined, 128], 92),
  ...family('flexString', 'flexString', 1, 'string', [1023, 128], 95),
  // Our writers put the id by which a repeated event is known here, so it stays as long as the record id does.
  ['flexString2', 'flexString2', 'string', 1023, 0],
  ['flexString2Label', 'flexString2Label', 'string', 128, 0],
  ['rawEvent', 'rawEvent', 'string', 4000, 100],
]

function toKey([, field, type, max, priority]: Row): CefKey {
  return max === undefined ? { field, type, priority } : { field, type, max, priority }
}

/** Every extension key that may be assigned, by key. The object has no prototype: any text can be looked up. */
export const cefKeys: Readonly<Record<string, CefKey>> = Object.freeze(
  Object.assign(Object.create(null), Object.fromEntries(rows.map((row) => [row[0], toKey(row)]))) as Record<
    string,
    CefKey
  >,
)

/** The key that a label belongs to (`cs1Label` gives `cs1`), or undefined if `key` is not a label. */
export function labelledKey(key: string): string | undefined {
  return key.endsWith('Label') ? key.slice(0, -'Label'.length) : undefined
}
