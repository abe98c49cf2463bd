import { gunzipSync } from 'node:zlib'
import { isProblem, readTar, type TarEntry } from '@siembridge/formats'
import { AppPackage } from './app-package.ts'
import type { LintPlace, LintRule } from './rule.ts'
import { appConfRules } from './rules/app-conf.ts'
import { confRules } from './rules/confs.ts'
import { contentRules } from './rules/content.ts'
import { inputRules } from './rules/inputs.ts'
import { knowledgeRules } from './rules/knowledge.ts'
import { layoutRules } from './rules/layout.ts'
import { pageRules } from './rules/pages.ts'
import { syntaxRules } from './rules/syntax.ts'
import { studioRules } from './rules/studio.ts'

/** A broken rule of AppInspect's, or of Splunk's own. */
export interface LintProblem extends LintPlace {
  readonly level: 'error' | 'warning'
  readonly check: string
  readonly demands: string
}

export const lintRules: readonly LintRule[] = [
  ...layoutRules,
  ...appConfRules,
  ...confRules,
  ...inputRules,
  ...knowledgeRules,
  ...syntaxRules,
  ...pageRules,
  ...studioRules,
  ...contentRules,
]

/** Every broken rule of an unpacked package. */
export function lintEntries(entries: readonly TarEntry[]): LintProblem[] {
  const app = new AppPackage(entries)
  return lintRules.flatMap((rule) =>
    [...rule.places(app)].map((place) => ({ level: rule.level, check: rule.check, demands: rule.demands, ...place })),
  )
}

/** Every broken rule of a package as it is installed. Never throws: an archive that cannot be read is a problem. */
export function lintPackage(spl: Uint8Array): LintProblem[] {
  const large = spl.length <= cloudLimit ? [] : [ofArchive(tooLarge, `${spl.length} bytes`)]
  let tar: Buffer
  try {
    tar = gunzipSync(spl)
  } catch (error) {
    return [...large, ofArchive(unreadable, (error as Error).message)]
  }
  const entries = readTar(tar)
  if (isProblem(entries)) return [...large, ofArchive(unreadable, `${entries.problem}, at byte ${entries.at}`)]
  return [...large, ...lintEntries(entries)]
}

/** Bytes that Splunk Cloud takes (Splunk, "Manage private apps"). */
const cloudLimit = 128 * 1024 * 1024

type ArchiveRule = Pick<LintProblem, 'check' | 'demands'>
const unreadable: ArchiveRule = {
  check: 'check_that_splunk_app_package_valid_compressed_file',
  demands: 'a gzip-compressed tar archive',
}
const tooLarge: ArchiveRule = {
  check: 'check_that_splunk_app_package_fits_splunk_cloud',
  demands: 'a package of at most 128 MiB',
}
const ofArchive = (rule: ArchiveRule, says: string): LintProblem => ({ level: 'error', ...rule, file: '', says })
