import { propertyComment, propertyLine } from '@siembridge/formats'
import { levels, levelNumber } from '../schema/severity.ts'
import type { ParserPlan } from './flat-plan.ts'

/** Levels of the catalog to those of ArcSight; 2 is what CEF writes for what is only informational. */
const numbersOf: Readonly<Record<(typeof levels)[number], string>> = {
  veryhigh: String(levelNumber.veryhigh),
  high: String(levelNumber.high),
  medium: String(levelNumber.medium),
  low: `2,${levelNumber.low}`,
}

/** A parser as it stands in its file. */
export function parserText(plan: ParserPlan, comment: string): string {
  const lines = [
    propertyComment(comment),
    '',
    propertyLine('trigger.node.location', plan.trigger),
    propertyLine('token.count', String(plan.tokens.length)),
    ...plan.tokens.flatMap(({ name, type, location }, at) => [
      propertyLine(`token[${at}].name`, name),
      propertyLine(`token[${at}].type`, type),
      propertyLine(`token[${at}].location`, location),
    ]),
    '',
    ...plan.mappings.map(({ field, expression }) => propertyLine(`event.${field}`, expression)),
    '',
    propertyLine('additionaldata.enabled', String(plan.additional.length > 0)),
    ...plan.additional.map((name) => propertyLine(`additionaldata.${name}`, name)),
    '',
    ...levels.map((level) => propertyLine(`severity.map.${level}.if.${plan.severityField}`, numbersOf[level])),
    ...(plan.outcome ? outcomeLines : []),
  ]
  return `${lines.join('\n')}\n`
}

const outcomeLines = [
  '',
  propertyLine('conditionalmap.count', '1'),
  propertyLine('conditionalmap[0].field', 'event.eventOutcome'),
  propertyLine('conditionalmap[0].mappings.count', '2'),
  ...[
    ['success', '/Success'],
    ['failure', '/Failure'],
  ].flatMap(([outcome = '', category = ''], at) => [
    propertyLine(`conditionalmap[0].mappings[${at}].values`, outcome),
    propertyLine(`conditionalmap[0].mappings[${at}].event.categoryOutcome`, `__stringConstant("${category}")`),
  ]),
]
