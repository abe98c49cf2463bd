import type { LogType } from '@siembridge/catalog'
import type { OutputFile } from '@siembridge/core'
import { csvRow } from '../evaluate/csv.ts'
import type { CategoryField } from '../schema/categories.ts'
import { categorizerPath } from '../schema/normalized.ts'
import { categoriesOf } from './categories.ts'

const columns: readonly CategoryField[] = [
  'categoryObject',
  'categoryBehavior',
  'categoryTechnique',
  'categoryDeviceGroup',
  'categorySignificance',
  'categoryOutcome',
]

const header = ['event.deviceEventClassId', ...columns.map((column) => `set.event.${column}`)]

const pathOf = ({ product }: LogType): string => categorizerPath('Microsoft', product)

/** A categorizer for each product: it compares exactly, and knows every signature id that goes out. */
export function categorizers(types: readonly LogType[]): readonly OutputFile[] {
  const paths = new Set(types.map(pathOf))
  return [...paths].map((path) => ({
    path,
    content: `${[header, ...rows(types.filter((type) => pathOf(type) === path))].map(csvRow).join('\n')}\n`,
  }))
}

/** Types of one product share some ids; the first one's categories count. */
function rows(types: readonly LogType[]): readonly (readonly string[])[] {
  const found = new Map<string, readonly string[]>()
  for (const { id: type, signature } of types)
    for (const id of [...signature.known, type]) {
      const categories = categoriesOf(type, id)
      if (!found.has(id)) found.set(id, [id, ...columns.map((column) => categories[column] ?? '')])
    }
  return [...found.values()]
}
