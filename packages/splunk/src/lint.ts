/** Rules that a Splunk package must keep, those of AppInspect among them. */
export { lintEntries, lintPackage, lintRules } from './lint/lint.ts'
export type { LintProblem } from './lint/lint.ts'
export type { LintPlace, LintRule } from './lint/rule.ts'
export { scriptOf, scriptPlaces } from './lint/scheme-script.ts'
export { iconSizes } from './lint/rules/pages.ts'
