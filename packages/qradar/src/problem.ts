import type { ParserProblem } from '@siembridge/core'

/** Every check of an extension: what is wrong in general, and what to do. The code is its permanent name. */
const checks = {
  'xml-malformed': [
    'error',
    'Open it in an editor for XML, and save it as UTF-8; copy the file, not what a browser shows of it.',
  ],
  'namespace-wrong': ['error', 'The root is <ns2:device-extension xmlns:ns2="event_parsing/device_extension">.'],
  'namespace-children': [
    'warning',
    'Write the root with a prefix, or xmlns="" on each child: whether QRadar takes children in its namespace is not documented.',
  ],
  'element-unknown': [
    'error',
    'Remove it: extensions know pattern, match-group, matchers and event-match-single or -multiple.',
  ],
  'element-order': ['warning', 'Declare all patterns first, as the documentation and every export do.'],
  'attribute-unknown': ['error', 'Remove it, or look for a letter that is missing.'],
  'attribute-missing': ['error', 'Add it.'],
  'attribute-value': ['error', 'Give it a value of its kind.'],
  'pattern-duplicate': ['error', 'Give each pattern an id of its own.'],
  'pattern-unknown': ['error', 'Declare it, or name one that is declared: upper and lower case count.'],
  'pattern-kind': ['error', 'Use the matcher of that kind of pattern, or change the type of the pattern.'],
  'pattern-space': ['error', 'Close the gap: every character between the tags is part of the pattern.'],
  'pattern-unused': ['warning', 'Remove it, or use it.'],
  'regex-wrong': ['error', 'Correct the expression.'],
  'regex-unread': [
    'warning',
    'Rewrite it with literals, classes, groups and alternatives: JavaScript reads it otherwise than Java, so it is not evaluated here.',
  ],
  'keypath-wrong': ['error', 'Write /"name"/"name", each name in double quotes, from the root of the object.'],
  'group-missing': ['error', 'Give the number of a group that the pattern has; 0 is the whole match.'],
  'group-template': ['error', 'Add enable-substitutions="true", or give the number of a group.'],
  'substitutions-unused': ['warning', 'Without a keypath in braces the text is one keypath as it is.'],
  'severity-range': ['error', 'Give 1 to 10: QRadar takes 5 in place of anything else.'],
  'field-unknown': ['error', 'Use a field of the list, or a custom event property for anything else.'],
  'event-name-missing': ['error', 'Add a matcher for EventName: without it every event is stored unparsed.'],
  'order-duplicate': ['error', 'Number them: which of two equal orders goes first is not documented.'],
  'date-elsewhere': ['warning', 'Move ext-data to the matcher of DeviceTime, the only one that uses it.'],
  'date-wrong': ['error', 'Use letters that Joda-Time has; literals stand in single quotes.'],
  'date-zone': ['warning', 'Add the zone (Z): without it QRadar takes the zone of its collector.'],
  'type-override': [
    'warning',
    'Remove device-type-id-override: custom ids differ from one deployment to the next, and a foreign id maps to the events of another product.',
  ],
  'engine-name': [
    'warning',
    'use-default-pattern="true" chooses java.util.regex, not the default engine; leave it out where the adaptive engine will do.',
  ],
  'trim-doubt': [
    'warning',
    'Leave trim-whitespace out and close the gaps: whether it trims inside as well is not documented.',
  ],
  'identity-risk': ['warning', 'Use OverrideAndNeverSend: addresses and users of cloud services would become assets.'],
} as const satisfies Readonly<Record<string, readonly ['error' | 'warning', string]>>

export type CheckCode = keyof typeof checks
export const checkCodes = Object.keys(checks) as readonly CheckCode[]

/** A problem by its check. */
export function problem(code: CheckCode, file: string, line: number | undefined, message: string): ParserProblem {
  const [level, help] = checks[code]
  return { level, code, file, ...(line !== undefined && { line }), message, help }
}

/** Every check as a row. */
export const checkRows = (): readonly Readonly<Record<string, string>>[] =>
  Object.entries(checks).map(([code, [level, help]]) => ({ code, level, help }))
