import { defineLogType } from '../../../src/build.ts'
import {
  sensorDictionary,
  sensorFields,
  sensorSeverity,
  sensorShape,
  sensorSignature,
  sensorTime,
} from '../../mdi/common.ts'
import { titles } from './titles.ts'

/** Suspicious activities and monitoring alerts as Advanced Threat Analytics writes them (ATA 1.9, "SIEM log reference"). */
export const logType = defineLogType({
  id: 'ata.alert',
  version: 1,
  title: 'Advanced Threat Analytics alerts',
  product: 'Microsoft Advanced Threat Analytics',
  shapes: { center: sensorShape('ATA', 'CEF of the ATA Center: Microsoft, ATA', 'ata.alert') },
  uniqueKey: false, // an update comes as another line about the same activity
  time: sensorTime,
  severity: sensorSeverity,
  signature: sensorSignature('ata', titles),
  fields: sensorFields,
  dictionary: sensorDictionary,
})
