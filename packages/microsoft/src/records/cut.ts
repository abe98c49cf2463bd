import { type Records, SiembridgeError } from '@siembridge/core'
import { elementsOfArray, elementsOfMember } from './elements.ts'

const isRecord = (element: unknown): boolean => typeof element === 'object' && element !== null

/** Records out of the bytes of an answer. What is no object (`null` has been seen in lists) is no record. */
function recordsAt(bytes: Buffer, pairs: readonly number[], parsed: readonly unknown[], subject: string): Records {
  if (pairs.length !== parsed.length * 2)
    throw new SiembridgeError(
      'PageUnreadable',
      subject,
      `${pairs.length / 2} elements where a parser finds ${parsed.length}`,
    )
  return {
    bytes,
    index: Uint32Array.from(parsed.every(isRecord) ? pairs : pairs.filter((_, at) => isRecord(parsed[at >> 1]))),
  }
}

/** Records of a page of Graph. */
export const recordsOfPage = (
  { bytes, value }: { bytes: Buffer; value: readonly unknown[] },
  subject: string,
): Records => recordsAt(bytes, elementsOfMember(bytes, 'value'), value, subject)

/** Records of a blob, which is one array. */
export const recordsOfArray = (bytes: Buffer, parsed: readonly unknown[], subject: string): Records =>
  recordsAt(bytes, elementsOfArray(bytes), parsed, subject)
