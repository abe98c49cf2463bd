import { describe, expect, test } from 'vitest'
import { indexTime } from './index-time.ts'
import { loadKnowledge } from './load.ts'
import { searchTime } from './search-time.ts'

const loaded = (props: string, more: Readonly<Record<string, string>> = {}): ReturnType<typeof loadKnowledge> =>
  loadKnowledge(
    Object.entries({ 'default/props.conf': `[contoso]\nKV_MODE = json\n${props}`, ...more }).map(([path, content]) => ({
      path,
      content,
    })),
  )
const fieldsOf = (raw: object, ...args: Parameters<typeof loaded>): Record<string, readonly string[]> =>
  Object.fromEntries(searchTime({ raw: JSON.stringify(raw), sourcetype: 'contoso' }, loaded(...args)).fields)

describe('the sequence of search-time operations', () => {
  test('calculated fields do not see each other, but they see aliases', () => {
    const props =
      'FIELDALIAS-a = name AS alias\nEVAL-before = coalesce(made,alias)\nEVAL-made = "calculated"\nEVAL-behind = coalesce(made,alias)\n'
    expect(fieldsOf({ name: 'Ada' }, props)).toMatchObject({ before: ['Ada'], made: ['calculated'], behind: ['Ada'] })
  })

  test('a calculated field and an alias that yield nothing take an extracted field away', () => {
    expect(fieldsOf({ a: '1', b: '2' }, 'EVAL-a = none\nFIELDALIAS-b = none AS b\n')).not.toHaveProperty('a')
    expect(fieldsOf({ a: '1', b: '2' }, 'FIELDALIAS-b = none AS b\n')).not.toHaveProperty('b')
  })

  test('a lookup sees calculated fields, and event types see what it gave', () => {
    const found = searchTime(
      { raw: '{"code":"a"}', sourcetype: 'contoso' },
      loaded('EVAL-key = lower("A")\nLOOKUP-x = names key OUTPUT name AS title\n', {
        'default/transforms.conf': '[names]\nfilename = names.csv\n',
        'lookups/names.csv': 'key,name\na,Alpha\n',
        'default/eventtypes.conf':
          '[alpha]\nsearch = sourcetype="contoso" title="alpha"\n[beta]\nsearch = title="beta"\n',
        'default/tags.conf': '[eventtype=alpha]\nalert = enabled\nold = disabled\n',
      }),
    )
    expect([found.fields.get('title'), found.eventTypes, [...found.tags]]).toEqual([['Alpha'], ['alpha'], ['alert']])
  })

  test('without KV_MODE nothing is extracted', () => {
    const knowledge = loadKnowledge([
      { path: 'default/props.conf', content: '[contoso]\nEVAL-a = coalesce(a,"none")\n' },
    ])
    expect(searchTime({ raw: '{"a":"1"}', sourcetype: 'contoso' }, knowledge).fields.get('a')).toEqual(['none'])
  })
})

describe('what parsing makes of a line', () => {
  const props = loaded(
    'TRUNCATE = 40\nTIME_PREFIX = "at"\\s*:\\s*"\nTIME_FORMAT = %Y-%m-%dT%H:%M:%S.%3NZ\nMAX_TIMESTAMP_LOOKAHEAD = 24\n',
  ).sourcetypes.get('contoso')

  test('its time stands behind the prefix, in the format', () => {
    expect(indexTime('{"at": "2026-03-02T08:01:02.500Z"}', props).timeMs).toBe(Date.UTC(2026, 2, 2, 8, 1, 2, 500))
    expect(indexTime('{"at":"2026-03-02 08:01:02"}', props)).not.toHaveProperty('timeMs')
    expect(indexTime('{"when":"2026-03-02T08:01:02.500Z"}', props)).not.toHaveProperty('timeMs')
  })

  test('what is longer than TRUNCATE is cut, by Splunk’s own measure where nothing is said', () => {
    expect(indexTime('ü'.repeat(21), props).cut).toBe(2)
    expect(indexTime('x'.repeat(10_001), undefined).cut).toBe(1)
  })

  test('a line feed makes two events of it', () => {
    expect(indexTime('a\nb', props).broken).toBe(true)
  })
})
