import type { Input } from '../../splunk/inputs.ts'

/** What is wrong with a form before splunkd is asked, by field. */
export function problemsIn(input: Input, taken: readonly string[]): Partial<Record<keyof Input, string>> {
  const told: [keyof Input, string | undefined][] = [
    ['name', nameProblem(input.name, taken)],
    ['account', input.account === '' ? 'Choose an account.' : undefined],
    ['streams', input.streams === '-' ? 'Choose at least one.' : undefined],
    [
      'index',
      /^(?:|[a-z0-9_][a-z0-9_-]*)$/.test(input.index) ? undefined : 'Names of indexes are of a–z, 0–9, _ and -.',
    ],
    [
      'start',
      /^(?:|\d+[smhd]|\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?)$/.test(input.start)
        ? undefined
        : 'A day is written such as 2026-01-31.',
    ],
    [
      'look_every',
      /^(?:|\d+(?:ms|s|m|h|d))$/.test(input.look_every) ? undefined : 'A time span is written such as 30s or 5m.',
    ],
  ]
  return Object.fromEntries(told.filter(([, problem]) => problem !== undefined))
}

function nameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return 'Give it a name.'
  if (!/^[0-9a-zA-Z][\w.-]*$/.test(name)) return 'Use letters, digits, _, . and -, with a letter or digit first.'
  return taken.includes(name) ? 'There is one of that name already.' : undefined
}
