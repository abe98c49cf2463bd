import { defineLogType, first, literal, table } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import {
  account,
  accountId,
  accountName,
  container,
  deviceKey,
  envelope,
  envelopeFields,
  hostFields,
  streaming,
  timeOfRow,
} from '../common.ts'
import { created, createdFields, initiating, initiatingFields, initiatingParent } from '../process.ts'

const own: Own = { ...account, ...created, ...initiating, ...initiatingParent, ...container, ...envelope }

/** Advanced hunting table DeviceProcessEvents: `process` is the created one, `process.parent` the initiating one. */
export const logType = defineLogType({
  id: 'xdr.device-process',
  version: 1,
  title: 'Defender XDR streaming: processes on devices',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('DeviceProcessEvents', deviceKey) },
  uniqueKey: false,
  objects: [{ kind: 'device', id: 'DeviceId' }],
  time: timeOfRow,
  severity: literal('informational'),
  signature: {
    id: 'ActionType',
    name: table('ActionType', {
      ProcessCreated: 'Process created',
      ProcessCreatedUsingWmiQuery: 'Process created by a WMI query',
      OpenProcess: 'Process opened',
    }),
    category: literal('process'),
    known: ['ProcessCreated', 'ProcessCreatedUsingWmiQuery', 'OpenProcess'],
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('process'),
    'event.type': table(
      'ActionType',
      { ProcessCreated: 'start', ProcessCreatedUsingWmiQuery: 'start' },
      literal('info'),
    ),
    'event.action': 'ActionType',
    'event.outcome': literal('success'),
    'user.name': first(accountName(), accountName('InitiatingProcess')),
    'user.id': first(accountId(), accountId('InitiatingProcess')),
    ...hostFields,
    ...createdFields,
    ...initiatingFields('process.parent'),
    'file.size': 'FileSize',
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
