import { address } from '../value.ts'
import { choiceOperations } from './choice.ts'
import { numberOperations } from './number.ts'
import { any, type Operation, type Operations, textOf } from './operation.ts'
import { regexOperations } from './regex.ts'
import { textOperations } from './text.ts'
import { timeOperations } from './time.ts'

const addressOperations: Operations = {
  stringToIPv6Address: { args: [1, 1], gives: 'IPAddress', run: ([value]) => address(textOf(value)) },
}

/** Known by name: published lists have them, and what they do with their arguments is not published. */
const named = (names: string, gives: Operation['gives']): Operations =>
  Object.fromEntries(names.split(' ').map((name) => [name, { args: [0, any] as const, gives }]))

const unpublished: Operations = {
  ...named(
    'concatenateDeleting regexTokenFindAndJoin getProtocolName getProtocolNameFromString BASE64Decode',
    'String',
  ),
  ...named('hexStringToString ifTrueThenElse ifAorBThenElse contains containsFromList ifPositiveOperation', 'String'),
  ...named('parseMutableTimeStamp parseMutableTimeStampSilently createTimeStamp useCurrentYear', 'TimeStamp'),
  ...named('setYearToCurrentYear', 'TimeStamp'),
  ...named('currentTimestampInSeconds', 'Long'),
  ...named('hexStringToAddress hexStringToIPV6Address getIPv4AddressEmbeddedInIPv6Address', 'IPAddress'),
}

/** Every operation by its name without the underscores. No prototype: any text can be looked up. */
export const operations: Readonly<Record<string, Operation | undefined>> = Object.freeze(
  Object.assign(
    Object.create(null) as Record<string, Operation>,
    textOperations,
    choiceOperations,
    regexOperations,
    numberOperations,
    timeOperations,
    addressOperations,
    unpublished,
  ),
)
