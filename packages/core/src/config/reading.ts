import { z, type ZodType } from 'zod'
import { problemsOf } from './issues.ts'
import type { JsonSchema } from './known-keys.ts'
import type { ConfigProblem } from './problem.ts'
import type { Path, YamlText } from './yaml-text.ts'

/** A configuration while it is read: its text, and what was found wrong so far. */
export class Reading {
  readonly yaml: YamlText
  readonly problems: ConfigProblem[]

  constructor(yaml: YamlText) {
    this.yaml = yaml
    this.problems = [...yaml.problems]
  }

  /** Notes a problem at the value of a path; `offset` counts characters of a text there. */
  add(path: Path, problem: Omit<ConfigProblem, 'line' | 'column'>, offset?: number): void {
    this.problems.push({ ...this.yaml.at(path, offset), ...problem })
  }

  /** A part as its schema gives it; undefined where something is wrong with it, which is noted. */
  section<T>(
    schema: ZodType<T>,
    path: Path,
    value: unknown,
    title: string,
    more?: Readonly<Record<string, JsonSchema>>,
  ): T | undefined {
    const json = jsonOf(schema)
    const known = more ? { ...json, properties: { ...json.properties, ...more } } : json
    const result = this.parse(schema, path, value)
    if (result?.success) return result.data
    if (result)
      this.problems.push(...problemsOf({ yaml: this.yaml, path, value, schema: known, title }, result.error.issues))
    return undefined
  }

  /** A schema may look at files, which may be missing. */
  private parse<T>(schema: ZodType<T>, path: Path, value: unknown): z.ZodSafeParseResult<T> | undefined {
    try {
      return schema.safeParse(value)
    } catch (error) {
      const [what = '', ...lines] = (error as Error).message.split('\n')
      const help = lines.find((line) => line.trim().startsWith('do:'))?.replace(/^\s*do:\s*/, '')
      this.add(path, { what, ...(help !== undefined && { help }) })
      return undefined
    }
  }
}

/** The JSON Schema of what may be written. */
export const jsonOf = (schema: ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema
