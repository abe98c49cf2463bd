import { arcsightKit } from '@siembridge/arcsight'
import { logTypes } from '@siembridge/catalog'
import { isProblem, readCef } from '@siembridge/formats'
import { cefText, inspect } from '@siembridge/engine/inspect'
import { samples } from '../../test/samples.ts'
import { generated, page, table } from './markdown.ts'

interface Report {
  readonly parsers: readonly {
    type: string
    shape?: string
    reason?: string
    fields: { field: string; to: string[]; reason?: string }[]
  }[]
}

const ids = logTypes.map(({ id }) => id).toSorted()
const { files } = arcsightKit.generate(ids, {})
const report = JSON.parse(String(files.find(({ path }) => path.endsWith('report.json'))?.content)) as Report
const verifier = arcsightKit.verify(files, { form: 'raw' })

/** What parsers carry of each log type, over both forms. */
export const arcsightPage = (): string =>
  page(
    generated,
    '# Parsers for ArcSight',
    '`siembridge generate arcsight --out DIR` writes FlexConnector parsers of JSON, categorizers and a map file, with a report of every field and the steps to ' +
      'import them; `siembridge verify arcsight DIR --input FILE` runs them, or parsers of yours, over records. [The package](../packages/arcsight/README.md) says ' +
      'what of FlexConnector is documented and what is not.',
    "## SIEMbridge's flat form",
    'Every column that CEF has for a type arrives in the same event field as over CEF; further fields are additional data. What is in neither is a ' +
      'container that holds most of the record.',
    table(['log type', 'fields', 'in event fields', 'as additional data', 'not carried'], flatRows()),
    "## Microsoft's record",
    'Fields are those that CEF has for the type. FlexConnector can be told to take so many of them; so many of the values that the CEF of the samples has ' +
      'arrive as they are there. Labels count. What is missing, and why, stands in the generated report: mostly times (SimpleDateFormat misreads their seven ' +
      "digits), lists, and the bridge's own event id.",
    table(['log type', 'shape', 'fields', 'taken', 'values in the samples', 'arrive'], rawRows()),
  )

function flatRows(): (readonly (string | number)[])[] {
  return report.parsers
    .filter(({ shape }) => shape === undefined)
    .map(({ type, fields }) => {
      const event = fields.filter(({ to }) => to.some((place) => place.startsWith('event.'))).length
      const lost = fields.filter(({ to }) => to.length === 0).length
      return [type, fields.length, event, fields.length - event - lost, lost]
    })
}

function rawRows(): (readonly (string | number)[])[] {
  return report.parsers
    .filter(({ shape }) => shape !== undefined)
    .map(({ type, shape = '', reason, fields }) => {
      if (reason !== undefined) return [type, shape, '', `none: ${reason}`, '', '']
      const taken = fields.filter(({ to }) => to.length > 0).length
      const [values, arrived] = measured(type, shape)
      return [
        type,
        shape,
        fields.length,
        taken,
        values,
        values === 0 ? '' : `${Math.round((arrived / values) * 100)} %`,
      ]
    })
}

/** Values that the CEF of the samples of a shape has, and how many of them a parser of the record gives. */
function measured(type: string, shape: string): readonly [values: number, arrived: number] {
  let [values, arrived] = [0, 0]
  for (const { bytes } of samples.filter((sample) => sample.type === type)) {
    const seen = inspect(bytes)
    if (seen?.candidate.name !== shape) continue
    for (const [at, view] of seen.views.entries()) {
      const cef = readCef(cefText(view, seen.candidate))
      if (isProblem(cef)) continue
      const wanted = Object.keys(cef.extensions).length + 7
      const event = verifier.record(bytes)[at]
      const problems = event?.problems.filter(({ is, expected }) => expected !== undefined && is !== 'cut')
      values += wanted
      arrived += wanted - (problems?.length ?? wanted)
    }
  }
  return [values, arrived]
}
