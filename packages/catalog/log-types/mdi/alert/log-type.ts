import { defineLogType, keyword } from '../../../src/build.ts'
import { sensorDictionary, sensorFields, sensorSeverity, sensorShape, sensorSignature, sensorTime } from '../common.ts'
import { titles } from './titles.ts'

/** Security and health alerts as a Defender for Identity sensor writes them (Defender for Identity SIEM log reference). */
export const logType = defineLogType({
  id: 'mdi.alert',
  version: 1,
  title: 'Defender for Identity alerts, from the sensor',
  product: 'Microsoft Defender for Identity',
  shapes: { sensor: sensorShape('Azure ATP', 'CEF of the sensor: Microsoft, Azure ATP', 'mdi.alert') },
  uniqueKey: false, // an update comes as another line about the same alert
  time: sensorTime,
  severity: sensorSeverity,
  signature: sensorSignature('mdi', titles),
  fields: {
    ...sensorFields,
    'microsoft.sensor.trigger': 'cef.ext.cs2',
    'microsoft.sensor.source_fqdn': 'cef.ext.cs3',
  },
  dictionary: {
    ...sensorDictionary,
    'microsoft.sensor.trigger': keyword('new or update'),
    'microsoft.sensor.source_fqdn': keyword('Full name of the source host'),
  },
})
