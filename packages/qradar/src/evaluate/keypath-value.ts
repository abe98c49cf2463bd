import { isArray, isObject, type Json, JsonNumber, parseJson, printJson } from '@siembridge/engine/json'
import type { Keypath, KeypathTemplate } from '../lsx/keypath.ts'
import type { Ask } from './switches.ts'

/** The text that a keypath finds, or undefined. */
export function keypathValue(root: Json | undefined, path: Keypath, ask: Ask): string | undefined {
  let here = root
  for (const step of path) {
    if (typeof here === 'string') here = nested(here, ask)
    if ('member' in step) here = isObject(here) ? here.get(step.member) : undefined
    else if ('element' in step) here = isArray(here) ? here[step.element] : undefined
    else if (!isArray(here)) here = undefined
    if (here === undefined) return undefined
  }
  return textOf(here, ask)
}

/** JSON inside a string, where it is read at all. */
function nested(text: string, ask: Ask): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    const inner = parseJson(text)
    return ask('J1') ? undefined : inner
  } catch {
    return undefined
  }
}

function textOf(value: Json | undefined, ask: Ask): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') return value
  if (value === null) return ask('J2') ? undefined : 'null'
  if (typeof value === 'boolean') return String(value)
  if (value instanceof JsonNumber) {
    const printed = javaNumber(value.text)
    return printed === value.text || ask('J5') ? value.text : printed
  }
  return ask('J4') ? printJson(value) : undefined
}

/** A template of keypaths and texts. */
export function templateValue(root: Json | undefined, template: KeypathTemplate, ask: Ask): string | undefined {
  let text = ''
  let found = false
  for (const part of template) {
    const value = typeof part === 'string' ? part : keypathValue(root, part, ask)
    if (value === undefined && ask('J3')) return undefined
    if (typeof part !== 'string' && value !== undefined) found = true
    text += value ?? ''
  }
  return found ? text : undefined
}

/** As `Double.toString` or `Long.toString` prints a number that a JSON library of Java read. */
export function javaNumber(text: string): string {
  if (/^-?\d+$/.test(text)) return /^-?(0|[1-9]\d{0,17})$/.test(text) && text !== '-0' ? text : BigInt(text).toString()
  const value = Number(text)
  const size = Math.abs(value)
  if (value === 0 || !Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : value === 0 ? '0.0' : String(value)
  // Double.toString: plain from 0.001 up to 10,000,000, with an exponent elsewhere.
  if (size >= 1e-3 && size < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value)
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`
}
