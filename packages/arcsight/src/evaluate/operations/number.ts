import { integer, long, string, type Value, whole } from '../value.ts'
import { type Operation, type Operations, textOf } from './operation.ts'

const bigOf = (value: Value | null | undefined): bigint | undefined =>
  /^[+-]?\d{1,30}$/.test(textOf(value)) ? BigInt(textOf(value)) : undefined

const arithmetic = (compute: (a: bigint, b: bigint) => bigint | undefined): Operation => ({
  args: [2, 2],
  gives: 'Long',
  run: ([a, b]) => {
    const [left, right] = [bigOf(a), bigOf(b)]
    const result = left === undefined || right === undefined ? undefined : compute(left, right)
    return result === undefined ? null : whole(String(result), 'Long')
  },
})

const converted = (type: 'Integer' | 'Long'): Operation => ({
  args: [1, 1],
  gives: type,
  run: ([value]) => whole(textOf(value).trim(), type),
})

const directions: Readonly<Record<string, number | undefined>> = { in: 0, inbound: 0, outbound: 1, '=>': 1 }

function rounded([value]: readonly (Value | null)[]): Value | null {
  const number = textOf(value) === '' ? NaN : Math.round(Number(textOf(value)))
  return Number.isSafeInteger(number) ? long(number) : null
}

function port([value]: readonly (Value | null)[]): Value | null {
  const found = whole(textOf(value), 'Integer')
  return found && Number(found.text) > 0 && Number(found.text) <= 65_535 ? found : null
}

const hexadecimal = ([value]: readonly (Value | null)[]): Value | null =>
  /^(?:0x)?[0-9A-Fa-f]{1,16}$/.test(textOf(value))
    ? whole(String(BigInt(`0x${textOf(value).replace(/^0x/, '')}`)), 'Long')
    : null

/** `65535,8` gives `0x0000FFFF`. */
function toHex([value, width]: readonly (Value | null)[]): Value | null {
  const number = bigOf(value)
  if (number === undefined || number < 0n) return null
  return string(
    `0x${number
      .toString(16)
      .toUpperCase()
      .padStart(Math.min(64, Number(textOf(width)) || 0), '0')}`,
  )
}

/** Operations that make numbers. */
export const numberOperations: Operations = {
  safeToInteger: converted('Integer'),
  safeToLong: converted('Long'),
  safeToRoundedLong: { args: [1, 1], gives: 'Long', run: rounded },
  integerToLong: converted('Long'),
  longToInteger: converted('Integer'),
  longToString: { args: [1, 1], gives: 'String', run: ([value]) => (value ? string(value.text) : null) },
  sum: arithmetic((a, b) => a + b),
  subtract: arithmetic((a, b) => a - b),
  product: arithmetic((a, b) => a * b),
  // 200 by 3 is 67 (published list of operations): it rounds.
  divide: arithmetic((a, b) => (b === 0n ? undefined : BigInt(Math.round(Number(a) / Number(b))))),
  hexStringToLong: { args: [1, 1], gives: 'Long', run: hexadecimal },
  toHex: { args: [2, 2], gives: 'String', run: toHex },
  getNotZeroPort: { args: [1, 1], gives: 'Integer', run: port },
  getDeviceDirection: {
    args: [1, 1],
    gives: 'Integer',
    run: ([value]) => {
      const direction = directions[textOf(value).toLowerCase()]
      return direction === undefined ? null : integer(direction)
    },
  },
  getOriginator: {
    args: [1, 1],
    gives: 'Integer',
    run: ([value]) => {
      const at = ['Source', 'Destination'].indexOf(textOf(value))
      return at < 0 ? null : integer(at)
    },
  },
  getType: {
    args: [1, 1],
    gives: 'Integer',
    run: ([value]) => integer(Math.max(0, ['', 'aggregated', 'correlation'].indexOf(textOf(value)))),
  },
  getLongMACAddressByString: {
    args: [1, 1],
    gives: 'Long',
    run: ([value]) => hexadecimal([value ? string(value.text.replace(/[:.-]/g, '')) : null]),
  },
  getLongMACAddressByHexString: { args: [1, 1], gives: 'Long', run: hexadecimal },
}
