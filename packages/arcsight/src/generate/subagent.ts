import { propertyComment, propertyLine } from '@siembridge/formats'
import { baseOf } from './paths.ts'

/** Below `user/agent`, where a syslog connector looks for sub-agents. */
export const subagentPath = 'flexagent/syslog/siembridge.subagent.sdkrfilereader.properties'

/**
 * The parser by which a syslog connector takes lines that end in the flat form: it finds the log type, and gives the JSON to the parser of
 * that type. Its form is that of published sub-agents, which hand JSON on in `event.rawEvent`.
 */
export function subagentText(types: readonly string[]): string {
  const lines = [
    propertyComment("Lines of syslog that end in SIEMbridge's flat form. Written by siembridge generate arcsight."),
    '',
    propertyLine('do.unparsed.events', 'true'),
    propertyLine('regex', String.raw`^.*?(\{"sb_type":"([a-z0-9.-]+)",.*\})$`),
    propertyLine('token.count', '2'),
    propertyLine('token[0].name', 'document'),
    propertyLine('token[0].type', 'String'),
    propertyLine('token[1].name', 'type'),
    propertyLine('token[1].type', 'String'),
    '',
    propertyLine('event.rawEvent', 'document'),
    propertyLine('event.deviceEventCategory', 'type'),
    propertyLine('event.name', '__stringConstant("SIEMbridge event")'),
    '',
    propertyLine('extraprocessor.count', String(types.length)),
    ...types.flatMap(processorLines),
  ]
  return `${lines.join('\n')}\n`
}

const processorLines = (type: string, at: number): readonly string[] =>
  [
    ['type', 'json'],
    ['filename', baseOf(type)],
    ['field', 'event.rawEvent'],
    ['flexagent', 'true'],
    ['conditionfield', 'event.deviceEventCategory'],
    ['conditiontype', 'equals'],
    ['conditionvalues', type],
    ['clearfieldafterparsing', 'true'],
    ['overrideeventmappings', 'true'],
  ].map(([name = '', value = '']) => propertyLine(`extraprocessor[${at}].${name}`, value))
