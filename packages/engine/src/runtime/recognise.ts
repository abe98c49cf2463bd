import { Folded, inBothForms } from '../values/folded.ts'
import { globTest } from '../values/match.ts'
import { lowerAscii } from '../values/text.ts'

export type ShapeTable = Folded<number>

/** Discriminators to numbers of shapes: exact ones before patterns. */
export function shapeTable(
  exact: Readonly<Record<string, number>>,
  globs: readonly (readonly [glob: string, at: number])[],
): ShapeTable {
  const tests = inBothForms(globs).map(([glob, at]) => [globTest(lowerAscii(glob)), at] as const)
  return new Folded(inBothForms(Object.entries(exact)), (lower) => tests.find(([test]) => test(lower))?.[1])
}

export const shapeOf = (text: string | undefined, table: ShapeTable): number =>
  text === undefined ? -1 : (table.get(text) ?? -1)

/** Of several discriminators, the shape that comes first. */
export function shapeAt(texts: readonly string[], table: ShapeTable): number {
  const found = texts.map((text) => shapeOf(text, table)).filter((at) => at >= 0)
  return found.length === 0 ? -1 : Math.min(...found)
}
