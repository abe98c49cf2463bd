import { type LogType, logTypes } from '@siembridge/catalog'
import type { Finding, KitOptions, OutputFile } from '@siembridge/core'
import { typePlan } from '@siembridge/engine/plans'
import { categorizers } from './categorizer.ts'
import { flatParser } from './flat-plan.ts'
import { outcomeMap } from './map-file.ts'
import { baseOf, folder, parserPath, rawBaseOf } from './paths.ts'
import { parserText } from './parser-text.ts'
import { rawParser } from './raw/raw-plan.ts'
import { readmeText } from './readme.ts'
import { subagentPath, subagentText } from './subagent.ts'
import { flatReport, type ParserReport, rawReport, reportPage } from './report.ts'

interface Written {
  readonly files: readonly OutputFile[]
  readonly reports: readonly ParserReport[]
}

/** Everything for `$ARCSIGHT_HOME/user/agent`, with steps and a report. Throws RangeError for an option's value. */
export function generate(
  ids: readonly string[],
  options: KitOptions,
): { files: readonly OutputFile[]; findings: readonly Finding[] } {
  const { trigger, additionalData, forms, mapPath } = settings(options)
  const types = logTypes.filter(({ id }) => ids.includes(id))
  const parts = types.flatMap((type) => [
    ...(forms.includes('flat') ? [flatFiles(type, trigger, additionalData)] : []),
    ...(forms.includes('raw') ? rawFiles(type, trigger) : []),
  ])
  const reports = parts.flatMap((part) => part.reports)
  return {
    files: [
      ...parts.flatMap((part) => part.files),
      ...(forms.includes('flat') && trigger === '/'
        ? [{ path: subagentPath, content: subagentText(types.map(({ id }) => id)) }]
        : []),
      ...categorizers(types),
      { path: mapPath, content: outcomeMap },
      { path: `${folder}/README.md`, content: readmeText(types, trigger, mapPath) },
      { path: `${folder}/report.md`, content: reportPage(reports) },
      { path: `${folder}/report.json`, content: `${JSON.stringify({ parsers: reports }, null, 1)}\n` },
    ],
    findings: [],
  }
}

function settings(options: KitOptions) {
  const text = (name: string, preset: string): string => (typeof options[name] === 'string' ? options[name] : preset)
  const form = text('form', 'all')
  const number = text('mapNumber', '')
  if (!/^\d{0,4}$/.test(number)) throw new RangeError(`--map-number wants a number from 0, not "${number}"`)
  return {
    trigger: text('trigger', '/'),
    additionalData: text('additionalData', 'yes') === 'yes',
    forms: form === 'all' ? ['flat', 'raw'] : [form],
    mapPath: number === '' ? `${folder}/outcome_map.0.properties` : `map/map.${number}.properties`,
  }
}

function flatFiles({ id, title }: LogType, trigger: string, additionalData: boolean): Written {
  const plan = flatParser(id, { trigger, additionalData })
  const path = parserPath(baseOf(id))
  const content = parserText(
    plan,
    `${title} (${id}) in SIEMbridge's flat form. Written by siembridge generate arcsight.`,
  )
  return { files: [{ path, content }], reports: [flatReport(plan, path)] }
}

function rawFiles({ id, title }: LogType, trigger: string): readonly Written[] {
  return typePlan(id).shapes.map((candidate) => {
    const plan = rawParser(candidate, trigger)
    if ('reason' in plan)
      return { files: [], reports: [{ type: id, shape: candidate.name, reason: plan.reason, fields: [] }] }
    const path = parserPath(rawBaseOf(id, candidate.name))
    const comment = `${title} (${id}), Microsoft's record: ${candidate.shape.title}. Written by siembridge generate arcsight.`
    return { files: [{ path, content: parserText(plan, comment) }], reports: [rawReport(plan, path)] }
  })
}
