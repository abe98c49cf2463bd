/** Everything that generated modules import. */
export { cefAddress, cefDirection, cefExternalId, cefHead, cefLabelled, cefList, cefNumber, cefText, cefWhole } from '../dialects/cef/print.ts'
export { complete } from '../interpret/normalise.ts'
export { addressOf, portOf } from '../values/address.ts'
export { derivations } from '../values/derive.ts'
export { eventId } from '../values/ids.ts'
export { matches, patternOf } from '../values/match.ts'
export { booleanOf, floatOf, longOf, numberOf } from '../values/scalar.ts'
export { dissectOf, lowerAscii, pairOf, partOf, stripOf } from '../values/text.ts'
export { epochIso, msOf, timeIso } from '../values/time.ts'
export { entityOf, nativeKey, objectAt, severityOf } from './event.ts'
export { bitsOf, keyBits, shapeAt } from './recognise.ts'
export {
  concatenated,
  containerAt,
  containersOf,
  filled,
  guard,
  isPresent,
  isRecord,
  keyGuard,
  listOf,
  mapped,
  membersOf,
  nestedAt,
  rawText,
  rowOf,
  rowsOf,
  textAt,
  textsOf,
  unique,
} from './runtime.ts'
