import { z } from 'zod'
import type { Kinds } from './kinds.ts'
import type { Reading } from './reading.ts'
import { type RouteOptions, routeOptions } from './route-options.ts'
import { suggestion } from './suggest.ts'
import type { ConfiguredRoute, ConfiguredTarget } from './types.ts'

/** The annotator answers with a bit for each route. */
const mostRoutes = 31

interface Known {
  readonly sources: readonly string[]
  readonly targets: readonly string[]
  readonly validTargets: readonly ConfiguredTarget[]
}

/** Routes that are valid; without any, one that takes everything everywhere. */
export async function readRoutes(
  reading: Reading,
  kinds: Kinds,
  known: Known,
  value: unknown,
): Promise<ConfiguredRoute[]> {
  if (value === undefined) return [{ ...routeOptions.parse({ name: 'all' }), to: known.targets }]
  const list =
    reading.section(z.array(z.unknown()).min(1).max(mostRoutes), ['routes'], value, 'the section routes') ?? []
  const routes: ConfiguredRoute[] = []
  const before = reading.problems.length
  for (const [at, written] of list.entries()) {
    const options = reading.section(routeOptions, ['routes', at], written, `entry ${at + 1} of routes`)
    const texts = textsOf(written)
    checkReferences(reading, known, texts, at)
    await checkTexts(reading, kinds, texts, at)
    if (!options) continue
    if (routes.some((other) => other.name === options.name))
      reading.add(['routes', at, 'name'], {
        what: `there are two routes "${options.name}"`,
        why: 'buffers are kept by name',
        help: 'give one of them another `name`',
      })
    routes.push({ ...options, to: options.to ?? known.targets })
  }
  // Where a name is wrong, nobody knows which targets are left without a route.
  if (reading.problems.length === before) checkTargets(reading, kinds, known, routes)
  return routes
}

/** What can be looked at in a route whatever else is wrong with it. */
type Texts = Pick<RouteOptions, 'from' | 'to' | 'filter' | 'index' | 'sourcetype' | 'drop' | 'mask' | 'pseudonymise'>

const { from, to, filter, index, sourcetype, drop, mask, pseudonymise } = routeOptions.shape
const eachText = z.object({ from, to, filter, index, sourcetype, drop, mask, pseudonymise }).partial()

function textsOf(written: unknown): Texts {
  const members = Object.entries(written ?? {})
  return Object.fromEntries(
    members.filter(([key, value]) => key in eachText.shape && eachText.safeParse({ [key]: value }).success),
  )
}

function checkReferences(reading: Reading, { sources, targets }: Known, { from, to }: Texts, at: number): void {
  const check = (
    key: 'from' | 'to',
    names: readonly string[] | undefined,
    known: readonly string[],
    what: string,
  ): void =>
    names?.forEach((name, i) => {
      const path = ['routes', at, key, i]
      const help = suggestion(name, known)
      if (!known.includes(name))
        reading.add(path, {
          what: `there is no ${what} "${name}"`,
          why: `a route takes from sources and gives to targets by their names`,
          ...(help !== undefined && { help }),
        })
      else if (names.indexOf(name) !== i)
        reading.add(path, { what: `the ${what} "${name}" stands there twice`, help: 'take one out' })
    })
  check('from', from, sources, 'source')
  check('to', to, targets, 'target')
}

async function checkTexts(reading: Reading, kinds: Kinds, route: Texts, at: number): Promise<void> {
  const path = ['routes', at]
  const rules = (['index', 'sourcetype'] as const).flatMap((key) =>
    Array.isArray(route[key]) ? route[key].map(({ when }, i) => [when, [...path, key, i, 'when']] as const) : [],
  )
  for (const [text, where] of [[route.filter, [...path, 'filter']] as const, ...rules]) {
    const problem = text === undefined ? undefined : await kinds.filterProblem(text)
    if (problem)
      reading.add(
        where,
        {
          what: problem.message,
          why: 'the filter cannot be read from here on',
          help: 'docs/filter.md has the grammar, `siembridge list fields` the fields',
        },
        problem.at,
      )
  }
  const lists = [
    ['drop', route.drop],
    ['mask', route.mask],
  ] as const
  for (const [key, fields] of lists) checkFields(reading, kinds, fields, [...path, key])
  checkFields(reading, kinds, route.pseudonymise?.fields, [...path, 'pseudonymise', 'fields'])
}

function checkFields(
  reading: Reading,
  { fields: known }: Kinds,
  fields: readonly string[] | undefined,
  path: readonly (string | number)[],
): void {
  fields?.forEach((field, i) => {
    if (known.has(field)) return
    const [best] = [suggestion(field, [...known])].filter((text) => text?.startsWith('write'))
    reading.add([...path, i], {
      what: `there is no field "${field}"`,
      help: `${best ?? 'choose one'}; \`siembridge list fields\` prints them`,
    })
  })
}

/** What only shows when all routes are known: targets without a route, and those that cannot be open twice. */
function checkTargets(
  reading: Reading,
  kinds: Kinds,
  { validTargets }: Known,
  routes: readonly ConfiguredRoute[],
): void {
  for (const target of validTargets) {
    const { name, kind } = target
    const using = routes.flatMap((route, at) => (route.to.includes(name) ? [{ route, at }] : []))
    if (using.length === 0)
      reading.add(['targets', name], {
        what: `no route leads to the target "${name}"`,
        help: 'name it in `to` of a route, or take it out',
      })
    if (using.length > 1 && kinds.exclusive.has(kind))
      reading.add(['routes', using[1]?.at ?? 0, 'to'], {
        what: `two routes lead to "${name}"`,
        why: `a target of kind ${kind} belongs to one route`,
        help: 'add a second target, or make one route of the two',
      })
    for (const { route, at } of using) checkFormat(reading, route, at, target)
  }
}

const hiding = ['drop', 'mask', 'pseudonymise'] as const

/** Options that do not go with the format of a target. */
function checkFormat(reading: Reading, route: ConfiguredRoute, at: number, { name, format }: ConfiguredTarget): void {
  const why = `the target "${name}" takes the format ${format}`
  for (const key of hiding)
    if (route[key] !== undefined && (format === 'raw+' || format === 'hec'))
      reading.add(['routes', at, key], {
        what: `"${key}" cannot be done for the target "${name}"`,
        why: `${why}, which carries Microsoft's record as it is`,
        help: 'give that target a route of its own, or another format such as flat or ecs',
      })
  for (const key of ['index', 'sourcetype'] as const)
    if (route[key] !== undefined && !format.startsWith('hec'))
      reading.add(['routes', at, key], {
        what: `"${key}" means nothing to the target "${name}"`,
        why: `${why}, and only hec and hec-flat have it`,
        help: 'give that target a route of its own, or take it out',
      })
}
