import type { Eval } from './ast.ts'

const bare = /^[A-Za-z_][A-Za-z0-9_]*$/
/** Words that a bare field name may not be: operators, and functions without arguments. */
const reserved = new Set(['and', 'or', 'not', 'xor', 'in', 'like', 'true', 'false', 'null'])

/** An expression as it stands in props.conf: one line. */
export function printEval(node: Eval): string {
  switch (node.is) {
    case 'field':
      return bare.test(node.name) && !reserved.has(node.name.toLowerCase()) ? node.name : `'${node.name}'`
    case 'text':
      return quoted(node.value)
    case 'number':
      return String(node.value)
    case 'call':
      return `${node.name}(${node.args.map((arg) => printEval(arg)).join(',')})`
    case 'equal':
      return `${inner(node.left)}==${inner(node.right)}`
    case 'all':
    case 'any':
      return node.parts.map((part) => inner(part)).join(node.is === 'all' ? ' AND ' : ' OR ')
  }
}

const simple = new Set<Eval['is']>(['field', 'text', 'number', 'call'])
const inner = (node: Eval): string => (simple.has(node.is) ? printEval(node) : `(${printEval(node)})`)

const quoted = (value: string): string => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
