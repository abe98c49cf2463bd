import { patternOf } from '../patterns.ts'
import { address, string, type Value, whole } from '../value.ts'
import { type Notes, type Operation, type Operations, textOf } from './operation.ts'

/** Group 1 where the pattern is found, and a note where a match of the whole text would give another. */
function found(args: readonly (Value | null)[], notes: Notes, dotAll: boolean): string | undefined {
  const [value, pattern] = args
  const regex = patternOf(textOf(pattern), dotAll)
  if (!value || typeof regex === 'string') return undefined
  if (regex.asciiFrom !== undefined && /[^\0-\x7f]/.test(value.text))
    notes.ambiguous(`"${regex.pattern}" has \\b, which releases of Java read differently in "${value.text}"`)
  const find = regex.find.exec(value.text)?.[1]
  const whole = regex.whole.exec(value.text)?.[1]
  if (find !== whole)
    notes.ambiguous(`"${regex.pattern}" finds ${quoted(find)} within "${value.text}", and matches ${quoted(whole)}`)
  return find
}

const quoted = (text: string | undefined): string => (text === undefined ? 'nothing' : `"${text}"`)

const regexOperation = (
  gives: 'String' | 'IPAddress' | 'Integer' | 'Long',
  convert: (text: string) => Value | null,
  dotAll = false,
): Operation => ({
  args: [2, 2],
  gives,
  pattern: 1,
  run: (args, notes) => {
    const text = found(args, notes, dotAll)
    return text === undefined ? null : convert(text)
  },
})

/** Operations that take the first group of a pattern. The documents do not say whether the whole text has to match. */
export const regexOperations: Operations = {
  regexToken: regexOperation('String', string),
  multilineRegexToken: regexOperation('String', string, true),
  regexTokenAsAddress: regexOperation('IPAddress', address),
  regexTokenAsInteger: regexOperation('Integer', (text) => whole(text, 'Integer')),
  regexTokenAsLong: regexOperation('Long', (text) => whole(text, 'Long')),
  regexTokenNoWarning: {
    args: [2, 2],
    gives: 'String',
    pattern: 1,
    run: ([value, pattern]) => {
      const regex = patternOf(textOf(pattern))
      const text = typeof regex === 'string' ? undefined : regex.whole.exec(textOf(value))?.[1]
      return text === undefined ? null : string(text)
    },
  },
}
