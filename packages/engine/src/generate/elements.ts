import { parseSelector, type Step } from '@siembridge/catalog'
import { access, FunctionWriter, hasList, type ModuleWriter } from './function.ts'
import type { Candidate } from '../interpret/recognise.ts'

const quote = JSON.stringify

/** A function from the record to the root of the shape. */
export function rootFunction({ shape }: Candidate, module: ModuleWriter): string {
  if (shape.root === undefined) return '(r) => r'
  const fn = new FunctionWriter(module, { here: 'r', record: 'r', levels: {} })
  const value = fn.local(fn.value(parseSelector(shape.root)))
  fn.statement(`return isPresent(${value}) ? ${value} : null`)
  return `(r) => {\n${fn.body()}\n}`
}

/** A function from root and record to whether a sensitive selector finds anything; undefined for types without secrets. */
export function sensitiveFunction({ type }: Candidate, module: ModuleWriter): string | undefined {
  if (!type.sensitive || type.sensitive.length === 0) return undefined
  const fn = new FunctionWriter(module, { here: 'h', record: 'r', levels: {} })
  const tests = type.sensitive.map((text) => {
    const selector = parseSelector(text)
    return hasList(selector) ? `${fn.values(selector)}.length > 0` : `isPresent(${fn.value(selector)})`
  })
  fn.statement(`return ${tests.join(' || ')}`)
  return `(h, r) => {\n${fn.body()}\n}`
}

/** A function from the root to pairs of element and levels, in order; undefined where the shape gives one event. */
export function elementsFunction({ shape }: Candidate, module: ModuleWriter): string | undefined {
  if (shape.each === undefined) return undefined
  const body = walk(parseSelector(shape.each).steps, 'h', 0, '', {}, module)
  return `(h) => { const out = []; ${body} return out }`
}

function walk(
  steps: readonly Step[],
  variable: string,
  depth: number,
  name: string,
  levels: Readonly<Record<string, string>>,
  module: ModuleWriter,
): string {
  const [step, ...rest] = steps
  if (!step) {
    const pairs = Object.entries(levels).map(([level, v]) => `${quote(level)}: ${v}`)
    return `if (isPresent(${variable})) out.push([${variable}, { ${pairs.join(', ')} }]);`
  }
  const next = `w${depth}`
  if (step.kind === 'key') {
    const keys = module.constant('K', `keyGuard(${quote(step.names.toSorted())}, [])`)
    const inner = walk(rest, next, depth + 1, step.names[0] ?? '', levels, module)
    return `if (isRecord(${variable})) { guard(${variable}, ${keys}); const ${next} = ${access(variable, step.names)}; if (isPresent(${next})) { ${inner} } }`
  }
  if (step.kind !== 'each') throw new Error('a path of "each" has only keys and []')
  const inner = walk(rest, next, depth + 1, name, { ...levels, [name]: next }, module)
  return `for (const ${next} of Array.isArray(${variable}) ? ${variable} : [${variable}]) { if (${next} != null) { ${inner} } }`
}
