import { isArray, isObject, type Json, JsonNumber, printJson } from '@siembridge/engine/json'
import type { Token } from '../parser/model.ts'
import { tokenType } from '../parser/types.ts'
import { type Node, select } from './nodes.ts'
import { timeBy } from './operations/time.ts'
import type { Outcome } from './outcome.ts'
import { address, mac, string, timeStamp, type Value, whole } from './value.ts'

/** The value of a token below a trigger node: null where nothing is there, or what is there is not of the token's type. */
export function tokenValue(token: Token, trigger: Node, outcome: Outcome): Value | null {
  const found = select(trigger, token.location ?? '')
  if (found.length > 1) outcome.ambiguous(`"${token.location}" leads to ${found.length} values; the first one is taken`)
  const json = found[0]?.value
  if (json === undefined || json === null) return null
  const text = textOf(json)
  const value = text === '' ? string('') : typed(text, token, outcome)
  if (value === null) outcome.wrongType(token, text)
  return value
}

/** Numbers keep their text, objects and arrays are compact JSON. */
function textOf(json: Json): string {
  if (typeof json === 'string') return json
  if (json instanceof JsonNumber) return json.text
  return isArray(json) || isObject(json) ? printJson(json) : String(json)
}

function typed(text: string, { type, format }: Token, outcome: Outcome): Value | null {
  switch (tokenType(type)) {
    case 'Integer':
      return whole(text, 'Integer')
    case 'Long':
      return whole(text, 'Long')
    case 'IPAddress':
      return address(text)
    case 'MacAddress':
      return mac(text)
    case 'TimeStamp': {
      const ms = timeBy(text, format ?? '', outcome)
      return ms === undefined ? null : timeStamp(ms)
    }
    default:
      return format?.startsWith('__collection') ? null : string(text)
  }
}
