import { byteLength, cutValue } from '@siembridge/formats/parts'
import type { TextMode } from '../../values/ids.ts'
import type { CefItem } from '../cef/plan.ts'
import { directionOf, shortId } from '../cef/print.ts'
import { joinCut } from '../lists.ts'

/**
 * What stands beside a key where the column that CEF has for the field does not hold the same as the key: a parser then prints
 * nothing but paths, and both ways of an event into a SIEM end in the same columns.
 */
export interface Beside {
  /**
   * `_cef`: the value as the column holds it: the first of a list, or cut. `_cut`: a list as text, cut between two of its elements.
   * `_long`: an id, in full, where the column has it shortened.
   */
  readonly suffix: '_cef' | '_cut' | '_long'
  readonly text: string
  readonly number: boolean
}

/** `printed` is the text of the key itself. Times have `_ms`, addresses keys by family. */
export function besides(item: CefItem, values: readonly string[], printed: string, mode: TextMode): readonly Beside[] {
  const value = values[0] ?? ''
  switch (item.as) {
    case 'address':
    case 'time':
      return []
    case 'number':
      return differing('_cef', value, printed, true)
    case 'direction':
      return differing('_cef', directionOf(value) ?? '', '', true)
    case 'externalId':
      return byteLength(value, mode) <= 40
        ? differing('_cef', value, printed)
        : [
            ...differing('_cef', cutValue(shortId(value), 40, mode), ''),
            ...differing('_long', cutValue(value, 4000, mode), ''),
          ]
    case 'list':
      return differing('_cut', cutValue(joinCut(values, item.max, mode), item.max, mode), printed)
    case 'text':
      return differing('_cef', cutValue(value, item.max, mode), printed)
  }
}

const differing = (suffix: Beside['suffix'], text: string, printed: string, number = false): readonly Beside[] =>
  text === printed || text === '' ? [] : [{ suffix, text, number }]
