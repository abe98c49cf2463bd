/** What generated modules take; those that make views take `view.ts` besides. */
export {
  cefAddress,
  cefDirection,
  cefExternalId,
  cefId,
  cefLabelled,
  cefList,
  cefName,
  cefPieces,
  cefRecord,
  cefText,
  cefWhole,
  isBare,
} from '../dialects/cef/print.ts'
export { addressOf, portOf } from '../values/address.ts'
export { derivations } from '../values/derive.ts'
export { eventId } from '../values/ids.ts'
export { matches, patternOf } from '../values/match.ts'
export { booleanOf, floatOf, longOf, numberOf } from '../values/scalar.ts'
export { dissectOf, lowerAscii, pairOf, partOf, stripOf } from '../values/text.ts'
export { epochIso, msOf, timeIso } from '../values/time.ts'
export { lowerTenant, nativeKey, severityOf } from './event.ts'
export { booleanAt, floatAt, ipAt, longAt, msAt, portAt, timeAt } from './convert.ts'
export { kindAt, kindsOf, orElse, primary } from './entities.ts'
export { guard, guardRecord, keyBits, keyGuard } from './keys.ts'
export { shapeAt, shapeOf, shapeTable } from './recognise.ts'
export {
  added,
  concatenated,
  containerAt,
  containersOf,
  elementsBy,
  filled,
  firstMapped,
  isPresent,
  isRecord,
  listOf,
  mapped,
  membersOf,
  nestedAt,
  none,
  opens,
  rawText,
  rowOf,
  rowsOf,
  textAt,
  textsOf,
  union,
  unique,
} from './runtime.ts'
