import { describe, expect, test } from 'vitest'
import { matches, parseSearch, SearchError } from './search.ts'

const fields = new Map<string, readonly string[]>([
  ['sourcetype', ['siembridge:entra:sign-in']],
  ['event_category', ['iam, configuration']],
  ['user', ['Ada', 'Bob']],
])

describe('a search of an event type', () => {
  test.for([
    ['sourcetype="siembridge:entra:sign-in"', true],
    ['SOURCETYPE="x"', false],
    ['user="ada"', true],
    ['user="bob" event_category="*IAM*"', true],
    ['event_category="iam"', false],
    ['(user="x" OR user="Ada")', true],
    ['user="Ada" NOT (user="Bob" event_category="*iam*")', false],
    ['NOT user="Zoe"', true],
    ['none="*"', false],
    ['user=a*', true],
    ['sourcetype="siembridge:entra:sign-in" AND user="x"', false],
    ['user="x" user="y" OR user="Ada"', false],
    ['user="x" OR user="Ada" event_category="*iam*"', true],
    ['user="Ada" OR user="x" AND user="y"', false],
    ['NOT user="Ada" OR user="Bob"', true],
  ] as const)('%s is %s', ([search, wanted]) => {
    expect(matches(parseSearch(search), fields)).toBe(wanted)
  })

  test.for([
    'user',
    'user="x',
    '(user="x"',
    'user="x" | stats count',
    '',
    'OR user="x"',
    'AND user="x"',
    'user="x" OR',
  ])('%j is refused', (search) => {
    expect(() => parseSearch(search)).toThrow(SearchError)
  })
})
