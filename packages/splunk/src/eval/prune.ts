import type { Eval } from './ast.ts'

/**
 * The expression without fields that can never be there: undefined where nothing is left of it. What cannot be true goes out
 * of conditions, and what stands behind something that is always there goes too.
 */
export function prune(node: Eval, has: (field: string) => boolean): Eval | undefined {
  const deep = (part: Eval): Eval | undefined => prune(part, has)
  switch (node.is) {
    case 'field':
      return has(node.name) ? node : undefined
    case 'text':
    case 'number':
      return node
    case 'equal': {
      const [left, right] = [deep(node.left), deep(node.right)]
      return left && right && { ...node, left, right }
    }
    case 'all': {
      const parts = node.parts.map((part) => deep(part))
      return parts.every((part) => part !== undefined) ? { ...node, parts } : undefined
    }
    case 'any': {
      const parts = node.parts.flatMap((part) => deep(part) ?? [])
      return parts.length > 1 ? { ...node, parts } : parts[0]
    }
    case 'call':
      return pruneCall(node, deep)
  }
}

type Call = Extract<Eval, { is: 'call' }>

function pruneCall(node: Call, deep: (part: Eval) => Eval | undefined): Eval | undefined {
  if (node.name === 'coalesce') return pruneCoalesce(node, deep)
  if (node.name === 'case') return pruneCase(node, deep)
  const args = node.args.map((arg) => deep(arg))
  return args.every((arg) => arg !== undefined) ? { ...node, args } : undefined
}

function pruneCoalesce(node: Call, deep: (part: Eval) => Eval | undefined): Eval | undefined {
  const args: Eval[] = []
  for (const arg of node.args.flatMap((one) => deep(one) ?? []))
    for (const flat of arg.is === 'call' && arg.name === 'coalesce' ? arg.args : [arg])
      if (!args.some((other) => same(other, flat))) args.push(flat)
  const constant = args.findIndex((arg) => arg.is === 'text')
  const kept = constant < 0 ? args : args.slice(0, constant + 1)
  return kept.length > 1 ? { ...node, args: kept } : kept[0]
}

function pruneCase(node: Call, deep: (part: Eval) => Eval | undefined): Eval | undefined {
  const args: Eval[] = []
  for (let at = 0; at + 1 < node.args.length; at += 2) {
    const [test, value] = [deep(node.args[at] as Eval), deep(node.args[at + 1] as Eval)]
    if (test === undefined || value === undefined) continue
    args.push(test, value)
    if (isTrue(test)) break
  }
  const [first, value] = args
  if (first === undefined) return undefined
  return isTrue(first) ? value : { ...node, args }
}

const isTrue = (node: Eval): boolean => node.is === 'call' && node.name === 'true'

export const same = (a: Eval, b: Eval): boolean => JSON.stringify(a) === JSON.stringify(b)
