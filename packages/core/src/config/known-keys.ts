/** As much of a JSON Schema as is needed to find what stands where. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly [more: string]: unknown
}

const variants = (schema: JsonSchema): readonly JsonSchema[] => [
  schema,
  ...(schema.anyOf ?? []).flatMap(variants),
  ...(schema.oneOf ?? []).flatMap(variants),
]

function step(schema: JsonSchema, part: string | number): JsonSchema[] {
  return variants(schema).flatMap(({ properties, additionalProperties, items }) => {
    if (typeof part === 'number') return items ? [items] : []
    if (properties && Object.hasOwn(properties, part)) return properties[part] ? [properties[part]] : []
    return typeof additionalProperties === 'object' ? [additionalProperties] : []
  })
}

/** What may stand at a path. */
const schemasAt = (schema: JsonSchema, path: readonly (string | number)[]): JsonSchema[] =>
  path.reduce<JsonSchema[]>((found, part) => found.flatMap((one) => step(one, part)), [schema])

/** Keys that an object at a path may have. */
export const keysAt = (schema: JsonSchema, path: readonly (string | number)[]): string[] =>
  schemasAt(schema, path)
    .flatMap(variants)
    .flatMap(({ properties }) => Object.keys(properties ?? {}))

/** What the value at a path means. */
export const meaningAt = (schema: JsonSchema, path: readonly (string | number)[]): string | undefined =>
  schemasAt(schema, path)
    .flatMap(variants)
    .find(({ description }) => description !== undefined)?.description
