import { logTypes } from '@siembridge/catalog'
import type { Finding, KitOptions, OutputFile } from '@siembridge/core'
import { leefPlan } from '../plan/leef-plan.ts'
import { lsxFile, lsxFolder, lsxPlan } from '../plan/lsx-plan.ts'
import { nativePlan } from '../plan/native-plan.ts'
import { printPlan } from '../plan/model.ts'
import { planFile } from '../verify/verifier.ts'
import { flatLsx } from './flat-lsx.ts'

const flatForms = ['flat', 'raw+'] as const

/** Everything that `generate qradar` writes. Throws RangeError for an option's value. */
export function generateFiles(
  types: readonly string[],
  options: KitOptions,
): { files: readonly OutputFile[]; findings: readonly Finding[] } {
  const identifier = identifierOf(options['identifier'])
  const files: OutputFile[] = [{ path: `leef/${planFile}`, content: printPlan(leefPlan(types, identifier)) }]
  for (const form of flatForms) {
    files.push({ path: `${lsxFolder(form)}/${planFile}`, content: printPlan(lsxPlan(types, identifier, form)) })
    for (const id of types) files.push({ path: `${lsxFolder(form)}/${lsxFile(id)}`, content: flatLsx(id, titleOf(id), form) })
  }
  files.push({ path: `native/${planFile}`, content: printPlan(nativePlan(types, identifier)) })
  return { files, findings: [] }
}

const titleOf = (id: string): string => logTypes.find((t) => t.id === id)?.title ?? id

/** What can stand as a host name in a syslog header, with a log type behind it. */
function identifierOf(given: string | boolean | undefined): string {
  const identifier = String(given ?? 'siembridge')
  if (!/^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/.test(identifier))
    throw new RangeError(`--identifier "${identifier}": letters, digits, ".", "-" and "_", at most 100`)
  return identifier
}
