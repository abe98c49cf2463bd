import { type Selector, type Step } from '@siembridge/catalog'
import { lowerAscii } from '../values/text.ts'
import { tidy } from './tidy.ts'

/** Constants of a generated module, each once: key guards, tables of rows, patterns, functions of list selectors. */
export class ModuleWriter {
  private readonly constants = new Map<string, string>()
  private readonly lines: string[] = []

  /** Name of a constant with this value, declared at the top of the module. */
  constant(prefix: string, value: string): string {
    let name = this.constants.get(value)
    if (name === undefined) {
      name = `${prefix}${this.constants.size}`
      this.constants.set(value, name)
      this.lines.push(`const ${name} = ${value}`)
    }
    return name
  }

  text(): string {
    return this.lines.join('\n')
  }
}

/** Where the values of a function come from: parameter names in the generated code. */
export interface Origins {
  readonly here: string
  readonly record: string
  readonly levels: Readonly<Record<string, string>>
  /** Keys of the record, where the function is given them. */
  readonly keys?: string
}

interface Node {
  readonly variable: string
  readonly names: Set<string>
  /** Each step as it is written, for names that differ in case only. */
  readonly steps: (readonly string[])[]
  /** Position of the guard among the statements, filled in when all names are known. */
  readonly at: number
}

/**
 * One function under construction. Selectors without lists share their parents as locals; each object that is looked
 * into is guarded once against keys in other letters.
 */
export class FunctionWriter {
  readonly module: ModuleWriter
  readonly origins: Origins
  private readonly statements: string[] = []
  private readonly nodes = new Map<string, Node>()
  private readonly locals = new Map<string, string>()
  private count = 0

  constructor(module: ModuleWriter, origins: Origins) {
    this.module = module
    this.origins = origins
  }

  /** A fresh variable holding the value of `code`; the same code gives the same variable. */
  local(code: string): string {
    let name = this.locals.get(code)
    if (name === undefined) {
      name = this.fresh()
      this.statements.push(`const ${name} = ${code}`)
      this.locals.set(code, name)
    }
    return name
  }

  fresh(): string {
    return `v${this.count++}`
  }

  statement(line: string): void {
    this.statements.push(line)
  }

  /** The statements, guards filled in. */
  body(): string {
    for (const node of this.nodes.values()) {
      const names = [...node.names].toSorted()
      const guard = this.module.constant('K', `keyGuard(${JSON.stringify(names)}, ${JSON.stringify(twins(node))})`)
      const { record, keys } = this.origins
      this.statements[node.at] =
        keys !== undefined && node.variable === record
          ? `guardRecord(${keys}, ${guard})`
          : `guard(${node.variable}, ${guard})`
    }
    return tidy(this.statements)
      .map((line) => `  ${line}`)
      .join('\n')
  }

  /** Code of the raw value at a selector without lists. */
  value(selector: Selector): string {
    const { start, steps } = this.startOf(selector)
    let code = start
    let path = start
    for (const step of steps) {
      if (step.kind === 'json') code = this.local(`nestedAt(${code})`)
      else if (step.kind === 'key') {
        const node = this.node(path, code)
        node.steps.push(step.names)
        for (const name of step.names) node.names.add(name)
        code = access(node.variable, step.names)
      }
      path += `\u0001${JSON.stringify(step)}`
    }
    return code
  }

  /** The list of raw values at a selector with lists, as a call of a function of its own. */
  values(selector: Selector): string {
    return this.walk(selector, 'let out = none; ', (v) => `if (isPresent(${v})) out = added(out, ${v});`, 'return out')
  }

  /** The text of the first of them, found without looking at the rest. */
  firstText(selector: Selector): string {
    return this.walk(selector, '', (v) => `{ const t = textAt(${v}); if (t !== undefined) return t }`, '')
  }

  private walk(selector: Selector, before: string, found: (variable: string) => string, after: string): string {
    const { start, steps } = this.startOf(selector)
    const at = steps.findIndex((s) => s.kind === 'each' || s.kind === 'where')
    const head = at === 0 ? start : this.value({ from: selector.from, steps: steps.slice(0, at) })
    const first = steps[at]
    const [from, body] =
      first?.kind === 'where'
        ? [
            `${this.rowsBy(head, first.key)}.get(${JSON.stringify(first.value)})`,
            `if (start !== undefined) for (const w of start) { ${walk(steps.slice(at + 1), 'w', 0, found, this.module)} }`,
          ]
        : [head, walk(steps.slice(at), 'start', 0, found, this.module)]
    return `${this.module.constant('S', `(start) => { ${before}${body} ${after} }`)}(${from})`
  }

  /** Lists of names and values are asked for many names: their elements are laid out by name once. */
  private rowsBy(list: string, key: string): string {
    const member = this.module.constant('G', `(m) => ${access('m', [key])}`)
    return this.local(`elementsBy(${list}, ${member}, ${guardOf([key], this.module)})`)
  }

  private startOf(selector: Selector): { start: string; steps: readonly Step[] } {
    const { from, steps } = selector
    if (from === 'here') return { start: this.origins.here, steps }
    if (from === 'record') return { start: this.origins.record, steps }
    return { start: this.origins.levels[from.level] ?? 'undefined', steps }
  }

  private node(path: string, code: string): Node {
    let node = this.nodes.get(path)
    if (!node) {
      const variable = code === this.origins.record ? code : this.local(`membersOf(${code})`)
      const twin = [...this.nodes.values()].find((n) => n.variable === variable)
      if (twin) return twin
      node = { variable, names: new Set(), steps: [], at: this.statements.length }
      this.statements.push('')
      this.nodes.set(path, node)
    }
    return node
  }
}

/** `a|b`: the first that is neither absent nor null. */
export function access(variable: string, names: readonly string[]): string {
  const parts = names.map((name) =>
    /^[A-Za-z_$][\w$]*$/.test(name) ? `${variable}.${name}` : `${variable}[${JSON.stringify(name)}]`,
  )
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' ?? ')})`
}

/** Walks the steps from a value; `found` says what to do with each value at their end. */
function walk(
  steps: readonly Step[],
  variable: string,
  depth: number,
  found: (variable: string) => string,
  module: ModuleWriter,
): string {
  const [step, ...rest] = steps
  if (!step) return found(variable)
  const next = `w${depth}`
  const inner = walk(rest, next, depth + 1, found, module)
  if (step.kind === 'json') return `{ const ${next} = nestedAt(${variable}); if (${next} != null) { ${inner} } }`
  if (step.kind === 'key')
    return `if (isRecord(${variable})) { guard(${variable}, ${guardOf(step.names, module)}); const ${next} = ${access(variable, step.names)}; if (${next} != null) { ${inner} } }`
  const loop = (body: string): string =>
    `if (${variable} != null) for (const ${next} of Array.isArray(${variable}) ? ${variable} : [${variable}]) { ${body} }`
  if (step.kind === 'each') return loop(`if (${next} != null) { ${inner} }`)
  const key = access(next, [step.key])
  return loop(
    `if (isRecord(${next})) { guard(${next}, ${guardOf([step.key], module)}); if (${key} != null && rawText(${key}) === ${JSON.stringify(step.value)}) { ${inner} } }`,
  )
}

const guardOf = (names: readonly string[], module: ModuleWriter): string =>
  module.constant('K', `keyGuard(${JSON.stringify(names.toSorted())}, [])`)

export const hasList = (selector: Selector): boolean =>
  selector.steps.some((s) => s.kind === 'each' || s.kind === 'where')

/**
 * Names of one object that differ in case only and are not always asked for together: the interpreter would find one for
 * the other, so a record that has them is left to it.
 */
function twins({ names, steps }: Node): string[] {
  const byLower = Map.groupBy(names, lowerAscii)
  return [...byLower.values()]
    .filter(
      (group) =>
        group.length > 1 &&
        steps.some((step) => group.some((n) => step.includes(n)) && !group.every((n) => step.includes(n))),
    )
    .flat()
}
