import type { AnySource, AnyTarget, Kinds } from './kinds.ts'
import type { JsonSchema } from './known-keys.ts'
import { configSchema } from './load.ts'
import { jsonOf } from './reading.ts'
import { commonSourceOptions } from './read-sources.ts'
import { routeOptions } from './route-options.ts'

const plain = ({ $schema: _schema, ...schema }: JsonSchema): JsonSchema => schema

function ofKind({ kind, title, options }: AnySource | AnyTarget, common: JsonSchema): JsonSchema {
  const own = plain(jsonOf(options))
  return {
    ...own,
    title,
    properties: { kind: { const: kind }, ...common.properties, ...own.properties },
    required: ['kind', ...(own.required ?? []).filter((key) => key !== 'kind')],
  }
}

/** JSON Schema (draft 2020-12) of the configuration, for editors. */
export function configJsonSchema(kinds: Kinds): JsonSchema {
  const { kind: _, ...common } = jsonOf(commonSourceOptions).properties ?? {}
  const whole = jsonOf(configSchema)
  const described = (key: string): JsonSchema => whole.properties?.[key] ?? {}
  return {
    ...whole,
    title: 'SIEMbridge configuration',
    properties: {
      ...whole.properties,
      tenants: { ...described('tenants'), type: 'object', additionalProperties: plain(jsonOf(kinds.tenant)) },
      sources: {
        ...described('sources'),
        type: 'array',
        minItems: 1,
        items: { oneOf: kinds.sources({}).map((source) => ofKind(source, { properties: common })) },
      },
      targets: {
        ...described('targets'),
        type: 'object',
        minProperties: 1,
        additionalProperties: { oneOf: kinds.targets.map((target) => ofKind(target, {})) },
      },
      routes: { ...described('routes'), type: 'array', minItems: 1, items: plain(jsonOf(routeOptions)) },
    },
    required: ['sources', 'targets'],
  }
}
