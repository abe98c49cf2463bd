import { logTypes } from '@siembridge/catalog'
import type { Finding, KitOptions, OutputFile } from '@siembridge/core'
import { leefPlan } from '../plan/leef-plan.ts'
import { lsxFile, lsxFolder, lsxPlan } from '../plan/lsx-plan.ts'
import { nativePlan } from '../plan/native-plan.ts'
import { printPlan } from '../plan/model.ts'
import { planFile } from '../verify/verifier.ts'
import { dsmOf } from '../native/payloads.ts'
import { bundle } from './bundle.ts'
import { flatLsx } from './flat-lsx.ts'
import { importSteps } from './import-steps.ts'
import { rawLsx } from './raw-lsx.ts'
import { rawReport } from './raw-report.ts'

const flatForms = ['flat', 'raw+'] as const

/** Everything that `generate qradar` writes. Throws RangeError for an option's value. */
export function generateFiles(
  types: readonly string[],
  options: KitOptions,
): { files: readonly OutputFile[]; findings: readonly Finding[] } {
  const identifier = identifierOf(options['identifier'])
  const experimental = options['experimental'] === true
  const natives = types.filter((type) => dsmOf(type) !== undefined)
  const raw = rawFiles(types)
  const files = [
    { path: 'import.md', content: importSteps(identifier, natives) },
    { path: `leef/${planFile}`, content: printPlan(leefPlan(types, identifier)) },
    ...flatForms.flatMap((form) => formFiles(types, identifier, form, experimental)),
    ...raw.files,
    { path: `native/${planFile}`, content: printPlan(nativePlan(types, identifier)) },
  ]
  return { files, findings: [...raw.findings, ...(experimental ? [bundleFinding] : [])] }
}

const bundleFinding: Finding = {
  subject: 'bundle for Extensions Management',
  is: 'warning',
  says: 'its form is not documented, and it was never imported into a real QRadar by us',
  help: 'try it on a system that may break; the extensions and `siembridge apply qradar` do without it',
}

function formFiles(
  types: readonly string[],
  identifier: string,
  form: 'flat' | 'raw+',
  experimental: boolean,
): OutputFile[] {
  const plan = lsxPlan(types, identifier, form)
  const extensions = new Map(types.map((id) => [lsxFile(id), flatLsx(id, titleOf(id), form)]))
  const folder = lsxFolder(form)
  return [
    { path: `${folder}/${planFile}`, content: printPlan(plan) },
    ...[...extensions].map(([file, content]) => ({ path: `${folder}/${file}`, content })),
    ...(experimental ? [{ path: `${folder}/experimental-bundle.zip`, content: bundle(plan, extensions) }] : []),
  ]
}

/** Extensions over Microsoft's own records, one a shape, and the report of what they cannot say. */
function rawFiles(types: readonly string[]): { files: OutputFile[]; findings: Finding[] } {
  const shapes = logTypes
    .filter(({ id }) => types.includes(id))
    .flatMap((type) =>
      Object.entries(type.shapes).map(([name, shape]) => ({ type, name, made: rawLsx(type, name, shape) })),
    )
  const written = shapes.flatMap(({ type, name, made }) =>
    made.xml === undefined ? [] : [{ path: `${lsxFolder('raw')}/${type.id}.${name}.lsx.xml`, content: made.xml }],
  )
  return {
    files: [...written, { path: `${lsxFolder('raw')}/report.md`, content: rawReport(shapes) }],
    findings: [
      {
        subject: `extensions over Microsoft's own records`,
        is: 'good',
        says: `${written.length} of ${shapes.length} shapes have an event id that keypaths can tell; ${lsxFolder('raw')}/report.md says what is lost`,
      },
    ],
  }
}

const titleOf = (id: string): string => logTypes.find((t) => t.id === id)?.title ?? id

/** What can stand as a host name in a syslog header, with a log type behind it. */
function identifierOf(given: string | boolean | undefined): string {
  const identifier = String(given ?? 'siembridge')
  if (!/^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/.test(identifier))
    throw new RangeError(`--identifier "${identifier}": letters, digits, ".", "-" and "_", at most 100`)
  return identifier
}
