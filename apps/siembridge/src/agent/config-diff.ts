import type { Config } from '@siembridge/core/config'

type Parts = ReadonlyMap<string, string>

/** Declarations of kinds are functions; what was written is what counts. */
const text = (value: unknown): string =>
  JSON.stringify(value, (key, inner: unknown) => (key === 'source' || key === 'target' ? undefined : inner))

function partsOf(config: Config): Parts {
  const { file: _file, tenants, sources, targets, routes, ...rest } = config
  return new Map([
    ...Object.entries(rest).map(([name, value]) => [name, text(value)] as const),
    ...Object.entries(tenants).map(([name, value]) => [`tenant ${name}`, text(value)] as const),
    ...sources.map((source) => [`source ${source.name}`, text(source)] as const),
    ...targets.map((target) => [`target ${target.name}`, text(target)] as const),
    ...routes.map((route) => [`route ${route.name}`, text(route)] as const),
  ])
}

/** What is another in a new configuration, by name: `target siem`, `new source files`, `no route old`. Holds no value. */
export function changesOf(before: Config, after: Config): string[] {
  const [old, now] = [partsOf(before), partsOf(after)]
  return [
    ...[...now]
      .filter(([name, value]) => old.get(name) !== value)
      .map(([name]) => (old.has(name) ? name : `new ${name}`)),
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `no ${name}`),
  ]
}
