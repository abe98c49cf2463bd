import { logTypes } from '@siembridge/catalog'
import type { OutputFile, ParserProblem } from '@siembridge/core'
import { cefSeverity, typePlan } from '@siembridge/engine/plans'
import { isProblem, type Property, readProperties } from '@siembridge/formats'
import { flatParser } from '../generate/flat-plan.ts'
import { baseOf, rawBaseOf } from '../generate/paths.ts'
import { parserText } from '../generate/parser-text.ts'
import { rawParser } from '../generate/raw/raw-plan.ts'
import type { Parser } from '../parser/model.ts'
import { Problems } from '../parser/problems.ts'
import { isSeverity } from '../parser/severity.ts'

/**
 * What can be said of a file that bears the name of one of ours: every severity that the catalog has must be told, and what is not as this
 * version writes it was changed by hand, damaged, or is of another version.
 */
export function ownProblems(parser: Parser, file: OutputFile): readonly ParserProblem[] {
  const problems = new Problems(parser.path)
  const { base, trigger = '/', additional } = parser
  const text = writers.get(base)?.(trigger, additional.enabled)
  if (text === undefined) return []
  checkSeverities(parser, problems)
  const [wanted, found] = [propertiesOf(text), propertiesOf(Buffer.from(file.content).toString('latin1'))]
  for (const [key, { value }] of wanted) {
    const there = found.get(key)
    if (there?.value === value) continue
    const said = there ? `is "${there.value}", not "${value}"` : `is not there; it is "${value}"`
    problems.warning('not-as-generated', there?.line, `${key} ${said} where this version writes the file`, help)
  }
  for (const [key, { line }] of found)
    if (!wanted.has(key))
      problems.warning('not-as-generated', line, `${key} is not in the file that this version writes`, help)
  return problems.found
}

const help = 'If you changed it on purpose, all is well; else write the files anew with `siembridge generate arcsight`.'

const severities = Object.entries(cefSeverity)

function checkSeverities({ severity }: Parser, problems: Problems): void {
  for (const [word, number] of severities)
    if (!severity.some(({ values }) => values.some((value) => isSeverity(value, String(number)))))
      problems.error(
        'severity-incomplete',
        undefined,
        `no severity.map says what ${number} (${word}) is`,
        'Let every value stand at one level.',
      )
}

type Writer = (trigger: string, additionalData: boolean) => string | undefined

/** How this version writes a parser, by its base name. */
const writers: ReadonlyMap<string, Writer> = new Map(
  logTypes.flatMap(({ id, shapes }): [string, Writer][] => [
    [baseOf(id), (trigger, additionalData) => parserText(flatParser(id, { trigger, additionalData }), '')],
    ...Object.keys(shapes).map((shape): [string, Writer] => [
      rawBaseOf(id, shape),
      (trigger) => rawText(id, shape, trigger),
    ]),
  ]),
)

function rawText(id: string, name: string, trigger: string): string | undefined {
  const candidate = typePlan(id).shapes.find((shape) => shape.name === name)
  const plan = candidate && rawParser(candidate, trigger)
  return plan === undefined || 'reason' in plan ? undefined : parserText(plan, '')
}

function propertiesOf(text: string): ReadonlyMap<string, Property> {
  const read = readProperties(text)
  return new Map(isProblem(read) ? [] : read.map((property) => [property.key, property]))
}
