/**
 * What IBM's documents leave open of log source extensions. Each row is a question with the reading that is taken and the one
 * that could hold as well; an event whose result depends on one says so.
 */
export const switches = {
  A01: ['several match groups: the first whose EventName is found wins', 'later groups fill in what it left empty'],
  A02: ['without an EventName the other fields are kept', 'nothing is parsed then'],
  A03: ['event-match-multiple gives attributes alone', 'its capture group gives the EventName where no matcher did'],
  A04: ['event-match-single wins over the matcher of EventCategory', 'the matcher wins'],
  A05: ['trim-whitespace trims the ends', 'it removes line ends and spaces inside as well'],
  A06: ['what is captured is not trimmed', 'spaces at its ends go'],
  A07: ['an empty capture leaves the turn to the next matcher', 'it ends the search'],
  A08: ['a group that took no part is empty in a template', 'the template yields nothing'],
  A09: ['a time without a zone is UTC, without a year of this year', 'it has the zone of the collector'],
  A10: ['names of months count in any case', 'in the case of the pattern alone'],
  A11: ['a year of two digits lies within 80 years back and 19 ahead', 'it lies after 2000'],
  A12: ['the adaptive engine finds what java.util.regex finds', 'it knows less than java.util.regex'],
  A13: ['of equal orders the first in the document goes first', 'the last goes first'],
  A14: ['a matcher of an unknown field makes the document invalid', 'it is passed over'],
  A15: ['text of a template is taken as it is', 'a backslash in it is an escape'],
  A16: ['expressions see the syslog header', 'they see the message alone'],
  D1: ['ext-data is a pattern of Joda-Time', 'it is one of SimpleDateFormat'],
  G1: ['elements of a generic list count from 1', 'they count from 0'],
  J1: ['keypaths do not descend into JSON inside a string', 'they do'],
  J2: ['null is no value', 'it is the text null'],
  J3: ['a template of keypaths yields nothing where one is missing', 'the missing one is empty'],
  J4: ['an object or array is compact JSON', 'it is no value'],
  J5: ['a number is the text that stood in the record', 'it is printed by Java'],
  N1: ['children in the namespace of the root are read', 'they are not'],
} as const satisfies Readonly<Record<string, readonly [preset: string, other: string]>>

export type SwitchName = keyof typeof switches

/** True where the first reading of a switch holds. Whoever asks depends on it. */
export type Ask = (name: SwitchName) => boolean

export const presets: Ask = () => true

/** One way in which the open questions may be answered, and what comes of it. */
export interface Reading<T> {
  /** The questions that came up, with their answers. */
  readonly answers: ReadonlyMap<SwitchName, boolean>
  readonly result: T
}

/**
 * Runs something under every combination of answers to the questions that it asks: the first reading with all presets comes
 * first. Complete, for a switch that nobody asked for cannot have changed anything. Stops at `most` readings.
 */
export function readings<T>(run: (ask: Ask) => T, most = 1024): Reading<T>[] {
  const found: Reading<T>[] = []
  const waiting: ReadonlyMap<SwitchName, boolean>[] = [new Map()]
  for (let given = waiting.pop(); given && found.length < most; given = waiting.pop()) {
    const answers = new Map(given)
    const fresh: SwitchName[] = []
    const result = run((name) => {
      const known = answers.get(name)
      if (known !== undefined) return known
      answers.set(name, true)
      fresh.push(name)
      return true
    })
    found.push({ answers, result })
    const before = new Map(given)
    const branches: ReadonlyMap<SwitchName, boolean>[] = []
    for (const name of fresh) {
      branches.push(new Map(before).set(name, false))
      before.set(name, true)
    }
    waiting.push(...branches.toReversed())
  }
  return found
}
