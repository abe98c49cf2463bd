import type { AppPackage } from '../app-package.ts'
import { error, type LintPlace, type LintRule } from '../rule.ts'

interface Source {
  readonly options?: { readonly query?: string; readonly extend?: string }
}

interface Visualization {
  readonly dataSources?: Readonly<Record<string, string>>
}

interface Definition {
  readonly dataSources?: Readonly<Record<string, Source>>
  readonly visualizations?: Readonly<Record<string, Visualization>>
  readonly inputs?: Readonly<Record<string, unknown>>
  readonly layout?: {
    readonly structure?: readonly { readonly item?: string }[]
    readonly globalInputs?: readonly string[]
  }
}

/** Dashboards of Dashboard Studio: JSON in a view of version 2, whose parts name one another. */
export const studioRules: readonly LintRule[] = [
  error(
    'check_dashboard_studio_definitions',
    'dashboards of version 2 with a definition in JSON, each search used and there, each panel placed, each macro defined',
    (app) =>
      app
        .below('default/data/ui/views')
        .filter(({ text }) => /<dashboard\b[^>]*\bversion="2"/.test(text))
        .flatMap(({ path, text }) => [...problemsOf(text, app)].map((says): LintPlace => ({ file: path, says }))),
  ),
]

function* problemsOf(text: string, app: AppPackage): Generator<string> {
  const json = /<definition>\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*<\/definition>/.exec(text)?.[1]
  if (json === undefined) return yield 'there is no <definition> with CDATA'
  let definition: Definition
  try {
    definition = JSON.parse(json) as Definition
  } catch (problem) {
    return yield `the definition is no JSON: ${(problem as Error).message}`
  }
  const { dataSources = {}, visualizations = {}, inputs = {}, layout = {} } = definition
  const used = [
    ...Object.values(visualizations).flatMap(({ dataSources: shown = {} }) => Object.values(shown)),
    ...Object.values(dataSources).flatMap(({ options }) => options?.extend ?? []),
  ]
  const placed = (layout.structure ?? []).map(({ item = '' }) => item)
  yield* missing('data source', used, Object.keys(dataSources))
  yield* unused('data source', Object.keys(dataSources), used)
  yield* missing('visualization or input', placed, [...Object.keys(visualizations), ...Object.keys(inputs)])
  yield* unused('visualization', Object.keys(visualizations), placed)
  yield* missing('input', layout.globalInputs ?? [], Object.keys(inputs))
  yield* missing('macro', macrosIn(dataSources), macrosOf(app))
}

function* missing(what: string, wanted: readonly string[], there: readonly string[]): Generator<string> {
  for (const name of new Set(wanted)) if (!there.includes(name)) yield `there is no ${what} ${name}`
}

function* unused(what: string, there: readonly string[], wanted: readonly string[]): Generator<string> {
  for (const name of there) if (!wanted.includes(name)) yield `the ${what} ${name} is used nowhere`
}

const macrosIn = (dataSources: Readonly<Record<string, Source>>): readonly string[] =>
  Object.values(dataSources).flatMap(({ options }) =>
    [...(options?.query ?? '').matchAll(/`(\w+)/g)].map(([, name = '']) => name),
  )

const macrosOf = (app: AppPackage): readonly string[] =>
  app.stanzas('macros').map(({ name }) => name.replace(/\(\d+\)$/, ''))
