/** A record as a tree that can be wrong in ways in which parsed JSON cannot: names twice, any text for a number. */
export type Node = { raw: string } | { members: [key: string, value: Node][] } | { items: Node[] }

/** Out of proper JSON; keys and strings keep their value, not their escapes. */
export function treeOf(value: unknown): Node {
  if (Array.isArray(value)) return { items: value.map(treeOf) }
  if (typeof value !== 'object' || value === null) return { raw: JSON.stringify(value) }
  return { members: Object.entries(value).map(([key, member]) => [JSON.stringify(key), treeOf(member)]) }
}

/** `gap` stands wherever JSON allows white space. */
export function print(node: Node, gap = ''): string {
  if ('raw' in node) return node.raw
  if ('items' in node) return `[${gap}${node.items.map((n) => print(n, gap)).join(`${gap},${gap}`)}${gap}]`
  return `{${gap}${node.members.map(([key, value]) => `${key}${gap}:${gap}${print(value, gap)}`).join(`${gap},${gap}`)}${gap}}`
}

/** Every object of a tree. */
export function objectsOf(node: Node): { members: [string, Node][] }[] {
  if ('raw' in node) return []
  if ('items' in node) return node.items.flatMap(objectsOf)
  return [node, ...node.members.flatMap(([, value]) => objectsOf(value))]
}

export const copy = (node: Node): Node => structuredClone(node)
