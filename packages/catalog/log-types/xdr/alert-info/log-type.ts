import { defineLogType, literal } from '../../../src/build.ts'
import { definitionsOf, exprsOf, type Own } from '../../azure/envelope.ts'
import { envelope, envelopeFields, listed, streaming, timeOfRow } from '../common.ts'
import {
  alertAction,
  alertCategory,
  alertColumns,
  alertSeverity,
  alertSignature,
  alertSignatures,
  tacticsOf,
  techniqueId,
  techniqueName,
} from '../vocabulary.ts'

const techniques = listed('AttackTechniques')

const own: Own = { ...alertColumns, ...envelope }

/** Advanced hunting table AlertInfo; users and devices are in AlertEvidence, by AlertId (sources-azure §6). */
export const logType = defineLogType({
  id: 'xdr.alert-info',
  version: 1,
  title: 'Defender XDR streaming: alerts',
  product: 'Microsoft Defender XDR',
  shapes: { streaming: streaming('AlertInfo', ['AlertId']) },
  uniqueKey: false, // an alert is sent again when it changes
  revision: 'Timestamp',
  objects: [{ kind: 'alert', id: 'AlertId' }],
  significant: ['Severity', 'Category', 'Title'],
  time: timeOfRow,
  severity: alertSeverity('Severity'),
  signature: {
    id: alertSignature('ServiceSource', 'Category'),
    name: 'Title',
    category: 'Category',
    known: alertSignatures,
  },
  fields: {
    'event.kind': literal('alert'),
    'event.category': alertCategory('Category'),
    'event.type': literal('info'),
    'event.action': alertAction('ServiceSource', 'Category'),
    'rule.name': 'Title',
    'microsoft.alert.id': 'AlertId',
    'microsoft.alert.category': 'Category',
    'microsoft.alert.service_source': 'ServiceSource',
    'microsoft.alert.detection_source': 'DetectionSource',
    'threat.technique.id': techniqueId(techniques),
    'threat.technique.name': techniqueName(techniques),
    'threat.tactic.name': tacticsOf('Category'),
    'event.id': 'AlertId',
    'event.provider': 'ServiceSource',
    ...exprsOf(own),
    ...envelopeFields,
  },
  dictionary: definitionsOf(own),
})
