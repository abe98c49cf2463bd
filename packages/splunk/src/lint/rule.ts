import type { AppPackage } from './app-package.ts'

/** A place in a package that breaks a rule. */
export interface LintPlace {
  /** Below the app's folder; "" for the package itself. */
  readonly file: string
  readonly line?: number
  readonly says: string
}

/** A demand that Splunk's AppInspect makes of a package, or that Splunk makes when it runs one. */
export interface LintRule {
  /** Name of the AppInspect check, or a name of ours in the same manner where AppInspect has none. */
  readonly check: string
  /** `error`: AppInspect fails, or the app does not work; `warning`: it warns. */
  readonly level: 'error' | 'warning'
  readonly demands: string
  places(app: AppPackage): Iterable<LintPlace>
}

export const error = (check: string, demands: string, places: LintRule['places']): LintRule => ({
  check,
  level: 'error',
  demands,
  places,
})

export const warning = (check: string, demands: string, places: LintRule['places']): LintRule => ({
  check,
  level: 'warning',
  demands,
  places,
})

/** A file that must not be there. */
export const noFile = (check: string, path: string, demands: string): LintRule =>
  error(check, demands, (app) => (app.file(path) ? [{ file: path, says: 'it is there' }] : []))
