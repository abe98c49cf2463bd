import { address, isSet, mac, string, type Value, whole } from '../value.ts'
import { any, type Operations, textOf } from './operation.ts'

const firstOf =
  (convert: (text: string) => Value | null) =>
  (args: readonly (Value | null)[]): Value | null =>
    args.reduce<Value | null>((found, arg) => found ?? (isSet(arg) ? convert(arg.text) : null), null)

/** A missing argument is equal to an empty one and to nothing else. */
const branch = (args: readonly (Value | null)[]): Value | null =>
  (textOf(args[0]) === textOf(args[1]) ? args[2] : args[3]) ?? null

const numberOf = (value: Value | null | undefined): number => (value && value.text !== '' ? Number(value.text) : NaN)

/** Operations that choose among values. */
export const choiceOperations: Operations = {
  oneOf: { args: [1, any], gives: { from: 0 }, run: (args) => args.find(isSet) ?? null },
  oneOfAddress: { args: [1, any], gives: 'IPAddress', run: firstOf(address) },
  oneOfInteger: { args: [1, any], gives: 'Integer', run: firstOf((text) => whole(text, 'Integer')) },
  oneOfLong: { args: [1, any], gives: 'Long', run: firstOf((text) => whole(text, 'Long')) },
  oneOfMac: { args: [1, any], gives: 'MacAddress', run: firstOf(mac) },
  oneOfHostName: {
    args: [1, any],
    gives: 'String',
    run: firstOf((text) => (address(text) === null ? string(text) : null)),
  },
  oneOfNetBIOSName: { args: [1, any], gives: 'String', run: firstOf((text) => string(text.replace(/^\\{1,2}/, ''))) },
  oneOfDateTime: {
    args: [1, any],
    gives: 'TimeStamp',
    run: (args) => args.find((arg) => arg?.type === 'TimeStamp') ?? null,
  },
  ifThenElse: { args: [4, 4], gives: { from: 2 }, run: branch },
  ifThenElseAddress: { args: [4, 4], gives: 'IPAddress', run: (args) => firstOf(address)([branch(args)]) },
  ifGreaterOrEqual: {
    args: [4, 4],
    gives: { from: 2 },
    run: (args) => (numberOf(args[0]) >= numberOf(args[1]) ? args[2] : args[3]) ?? null,
  },
  ifPositive: { args: [3, 3], gives: { from: 1 }, run: (args) => (numberOf(args[0]) > 0 ? args[1] : args[2]) ?? null },
  simpleMap: {
    args: [2, any],
    gives: 'String',
    run: ([key, ...rows]) => {
      const row = rows.find((r) => isSet(key ?? null) && textOf(r).startsWith(`${textOf(key)}=`))
      return row ? string(row.text.slice(textOf(key).length + 1)) : null
    },
  },
}
