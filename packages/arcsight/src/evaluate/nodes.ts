import { isArray, isObject, type Json } from '@siembridge/engine/json'

/** A place in a document. An array is no level of its own: its elements have its parent. */
export interface Node {
  readonly value: Json
  readonly parent: Node | undefined
}

/** The nodes that a trigger path leads to: every one is an event. `/` is the document, or each element where it is an array. */
export const triggersOf = (document: Json, path: string): readonly Node[] =>
  select({ value: document, parent: undefined }, path).flatMap(expanded)

/** Follows a path with `/` from a node; arrays on the way stand for their elements. */
export function select(from: Node, path: string): readonly Node[] {
  let nodes: readonly Node[] = [from]
  for (const step of path.split('/').filter((s) => s !== ''))
    nodes = nodes.flatMap(expanded).flatMap((n) => taken(n, step))
  return nodes
}

function taken(node: Node, step: string): readonly Node[] {
  if (step === '.') return [node]
  if (step === '..') return node.parent ? [node.parent] : []
  const member = isObject(node.value) ? node.value.get(step) : undefined
  return member === undefined ? [] : [{ value: member, parent: node }]
}

function expanded(node: Node): readonly Node[] {
  return isArray(node.value) ? node.value.flatMap((value) => expanded({ value, parent: node.parent })) : [node]
}
