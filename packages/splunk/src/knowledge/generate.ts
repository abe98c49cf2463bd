import type { Finding, OutputFile } from '@siembridge/core'
import { sourcetypesOf } from '@siembridge/engine/plans'
import { knowledgeFiles } from './files.ts'
import { type KnowledgePlan, knowledgePlan } from './plan.ts'

export interface KnowledgeOptions {
  /** Also whole lines for the sourcetypes of other add-ons: where none of these is installed. */
  readonly compatibleProps: boolean
}

/** Sourcetypes of other add-ons under which records of these log types arrive. */
export const compatibleSourcetypes = (types: readonly string[]): readonly string[] =>
  [...new Set(types.flatMap((type) => sourcetypesOf(type).published))].toSorted()

/** Knowledge objects of log types, by their paths in an app. */
export function generateKnowledge(
  types: readonly string[],
  { compatibleProps }: KnowledgeOptions,
): { files: readonly OutputFile[]; plans: readonly KnowledgePlan[]; findings: readonly Finding[] } {
  const plans = types.map((type) => knowledgePlan(type))
  const files = knowledgeFiles(plans, compatibleProps ? compatibleSourcetypes(types) : [])
  return {
    files: [...files].map(([path, content]) => ({ path, content })),
    plans,
    findings: compatibleProps ? [] : longLines(compatibleSourcetypes(types)),
  }
}

const longLines = (names: readonly string[]): Finding[] =>
  names.length === 0
    ? []
    : [
        {
          subject: 'sourcetypes of other add-ons',
          is: 'warning',
          says: `${names.join(', ')} have no props here: without their add-on, Splunk cuts events of a modular input at 10000 bytes`,
          help: 'Install the add-on that they belong to, or generate with --compatible-props.',
        },
      ]
