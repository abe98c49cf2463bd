import { type CefEvent, type FormatProblem, isProblem, type LeefEvent, readCef, readLeef } from '@siembridge/formats'
import { type Json, parseJson } from '@siembridge/engine/json'
import type { Ask } from './switches.ts'

/** A payload as an expression may look at it. Everything is found when it is first asked for. */
export class Views {
  /** With its syslog header. */
  readonly payload: string
  private readonly ask: Ask
  private jsonFound: { readonly json: Json | undefined } | undefined
  private leefFound: { readonly leef: LeefEvent | undefined } | undefined
  private cefFound: { readonly cef: CefEvent | undefined } | undefined
  constructor(payload: string, ask: Ask) {
    this.payload = payload
    this.ask = ask
  }

  /** What a regex runs over. */
  get text(): string {
    const start = messageStart(this.payload)
    return start === 0 || this.ask('A16') ? this.payload : this.payload.slice(start)
  }

  /** The first JSON object or array in the payload ("JSON parsing starts where a valid JSON object is detected"). */
  get json(): Json | undefined {
    this.jsonFound ??= { json: firstJson(this.payload) }
    return this.jsonFound.json
  }

  get leef(): LeefEvent | undefined {
    this.leefFound ??= { leef: orNothing<LeefEvent>(readLeef(withoutLineEnd(this.payload))) }
    return this.leefFound.leef
  }

  get cef(): CefEvent | undefined {
    this.cefFound ??= { cef: orNothing<CefEvent>(readCef(withoutLineEnd(this.payload))) }
    return this.cefFound.cef
  }
}

/** Without what ended it as a line; spaces at its end may be a value's. */
export const withoutLineEnd = (payload: string): string => payload.replace(/[\r\n]+$/, '')

const orNothing = <T extends object>(read: T | FormatProblem): T | undefined => {
  if (isProblem(read)) return undefined
  return read
}

const header5424 = /^<\d{1,3}>1 \S+ \S+ (?:\S+ \S+ \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+) ?)?/
const header3164 = /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ )?/

/** Where the message begins behind a header of RFC 5424 (with or without what follows the host) or RFC 3164. */
export const messageStart = (payload: string): number =>
  (header5424.exec(payload) ?? header3164.exec(payload))?.[0].length ?? 0

/** Payloads are at most 32,000 bytes on QRadar; beyond so many places that look like a beginning nothing is found. */
const mostTries = 64

function firstJson(text: string): Json | undefined {
  let tries = 0
  for (let at = text.search(/[{[]/); at >= 0 && tries < mostTries; at = nextOpening(text, at + 1), tries++) {
    const end = closing(text, at)
    if (end < 0) continue
    try {
      return parseJson(text.slice(at, end + 1))
    } catch {
      // Not valid from here: the next place that looks like a beginning.
    }
  }
  return undefined
}

function nextOpening(text: string, from: number): number {
  const at = text.slice(from).search(/[{[]/)
  return at < 0 ? -1 : from + at
}

/** Index of the bracket that closes the one at `at`, strings passed over; -1 where it stays open. */
function closing(text: string, at: number): number {
  let depth = 0
  let inString = false
  for (let i = at; i < text.length; i++) {
    const c = text[i]
    if (inString) {
      if (c === '\\') i++
      else if (c === '"') inString = false
    } else if (c === '"') inString = true
    else if (c === '{' || c === '[') depth++
    else if ((c === '}' || c === ']') && --depth === 0) return i
  }
  return -1
}
