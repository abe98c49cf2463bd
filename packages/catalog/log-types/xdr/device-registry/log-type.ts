import { concat, defineLogType, first, keyword, literal, part, table } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { container, deviceKey, envelope, envelopeFields, hostFields, streaming, timeOfRow } from '../common.ts'
import { actorFields, initiating, userOfActor } from '../process.ts'

const own: Own = {
  'microsoft.device_registry.previous_key': ['PreviousRegistryKey', keyword('Key before the change')],
  'microsoft.device_registry.previous_value': [
    'PreviousRegistryValueName',
    keyword('Name of the value before the change'),
  ],
  'microsoft.device_registry.previous_data': ['PreviousRegistryValueData', keyword('Data before the change')],
  ...initiating,
  ...container,
  ...envelope,
}

const names = {
  RegistryKeyCreated: 'Registry key created',
  RegistryKeyDeleted: 'Registry key deleted',
  RegistryKeyRenamed: 'Registry key renamed',
  RegistryValueSet: 'Registry value set',
  RegistryValueDeleted: 'Registry value deleted',
}

/** Advanced hunting table DeviceRegistryEvents. */
export const logType = defineLogType({
  id: 'xdr.device-registry',
  version: 1,
  title: 'Defender XDR streaming: registry of devices',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('DeviceRegistryEvents', deviceKey) },
  uniqueKey: false,
  objects: [{ kind: 'device', id: 'DeviceId' }],
  time: timeOfRow,
  severity: literal('informational'),
  signature: {
    id: 'ActionType',
    name: table('ActionType', names),
    category: literal('registry'),
    known: Object.keys(names),
  },
  fields: {
    'event.kind': literal('event'),
    'event.category': literal('registry'),
    'event.type': table(
      'ActionType',
      { RegistryKeyCreated: 'creation', RegistryKeyDeleted: 'deletion', RegistryValueDeleted: 'deletion' },
      literal('change'),
    ),
    'event.action': 'ActionType',
    'event.outcome': literal('success'),
    'registry.path': first(
      concat('RegistryKey', literal('\\'), 'RegistryValueName'),
      'RegistryKey',
      'PreviousRegistryKey',
    ),
    'registry.value': 'RegistryValueName',
    'registry.data.strings': 'RegistryValueData',
    ...hostFields,
    ...userOfActor,
    ...actorFields,
    'registry.key': first('RegistryKey', 'PreviousRegistryKey'),
    'registry.hive': first(part('RegistryKey', '\\', 0), part('PreviousRegistryKey', '\\', 0)),
    'registry.data.type': 'RegistryValueType',
    'event.id': 'ReportId',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
