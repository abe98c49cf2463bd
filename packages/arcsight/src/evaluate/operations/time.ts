import { dateReader } from '../dates.ts'
import { timeStamp, type Value, whole } from '../value.ts'
import { any, type Notes, type Operations, textOf } from './operation.ts'

function byFormats([value, ...formats]: readonly (Value | null)[], notes: Notes): Value | null {
  for (const format of formats) {
    const ms = timeBy(textOf(value), textOf(format), notes)
    if (ms !== undefined) return timeStamp(ms)
  }
  return null
}

/** Milliseconds, with a note where the connector's own zone or today's year decides. */
export function timeBy(text: string, format: string, notes: Notes): number | undefined {
  const ms = dateReader(format)?.(text)
  if (ms === undefined) return undefined
  const symbols = format.replace(/'[^']*'/g, '')
  if (!/[zZX]/.test(symbols))
    notes.ambiguous(`"${format}" has no zone: the connector's own stands for it; here it is UTC`)
  if (!symbols.includes('y')) notes.ambiguous(`"${format}" has no year`)
  if (/S/.test(symbols) && /\.\d{4,}/.test(text))
    notes.ambiguous(`"${text}" has more than three digits, which S counts as milliseconds`)
  return ms
}

function scaled(factor: bigint): (args: readonly (Value | null)[]) => Value | null {
  return ([value]) => {
    const number = whole(textOf(value), 'Long')
    return number ? timeStamp(BigInt(number.text) * factor) : null
  }
}

/** Operations that make times. */
export const timeOperations: Operations = {
  longToTimeStamp: { args: [1, 1], gives: 'TimeStamp', run: scaled(1n) },
  createLocalTimeStampFromSecondsSinceEpoch: { args: [1, 1], gives: 'TimeStamp', run: scaled(1000n) },
  createOptionalTimeStampFromString: { args: [2, 2], gives: 'TimeStamp', run: byFormats },
  parseMultipleTimeStamp: { args: [2, any], gives: 'TimeStamp', run: byFormats },
  safeToDate: { args: [2, 2], gives: 'TimeStamp', run: byFormats },
}
