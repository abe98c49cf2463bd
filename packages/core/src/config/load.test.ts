import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { secretReference } from '../secrets/reference.ts'
import { ConfigError } from './config-error.ts'
import { configJsonSchema } from './json-schema.ts'
import type { AnySource, AnyTarget, Kinds } from './kinds.ts'
import { loadConfig, stateOf } from './load.ts'
import { bytes, duration } from './units.ts'

const nothing = async function* (): AsyncGenerator<never> {}

const feed: AnySource = {
  kind: 'feed',
  title: 'A feed',
  options: z.strictObject({
    tenant: z.string(),
    streams: z.array(z.enum(['alerts', 'sign-ins'])).optional(),
    every: duration.prefault('1m').describe('How often it is asked'),
  }),
  check: nothing,
  run: () => Promise.resolve(),
}

const wire = (kind: string, formats: readonly [string, ...string[]]): AnyTarget => ({
  kind,
  title: 'A wire',
  options: z.strictObject({
    url: z.url(),
    format: z.enum(formats).prefault(formats[0]),
    size: bytes.optional(),
    token: secretReference.optional(),
    count: z.int().min(2).optional(),
    name: z.string().optional(),
  }),
  formats,
  receipt: () => 'accepted',
  repeatWindow: () => 0,
  check: nothing,
  open: () => Promise.reject(new Error('not opened here')),
})

const kinds: Kinds = {
  tenant: z.strictObject({ id: z.guid(), secret: secretReference, tags: z.record(z.string(), z.string()).default({}) }),
  sources: () => [feed],
  targets: [wire('wire', ['cef', 'hec']), wire('file', ['ecs'])],
  ofTenants: new Set(['feed']),
  exclusive: new Set(['file']),
  fields: new Set(['user.name', 'source.ip']),
  filterProblem: (text) => {
    const at = text.indexOf('WRONG')
    return Promise.resolve(at < 0 ? undefined : { message: 'a field was expected', at })
  },
}

const load = (text: string) => loadConfig('c.yaml', text, kinds)

/** The lines of a configuration that is wrong. */
async function problems(text: string): Promise<string[]> {
  try {
    await load(text)
  } catch (error) {
    if (error instanceof ConfigError) return [...error.lines]
    throw error
  }
  return []
}

const id = '11111111-2222-3333-4444-555555555555'
const tenants = `tenants: { t: { id: ${id}, secret: env:S } }\n`
const sources = 'sources: [{ kind: feed, tenant: t }]\n'
const targets = 'targets: { w: { kind: wire, url: "tcp://h:1" } }\n'
const good = tenants + sources + targets

describe('a good configuration', () => {
  test('six lines are enough: names, route and state have defaults', async () => {
    const config = await load(good)
    expect(config.sources).toMatchObject([{ name: 'feed-t', kind: 'feed', tenant: 't', options: { every: 60_000 } }])
    expect(config.targets).toMatchObject([{ name: 'w', format: 'cef' }])
    expect(config.routes).toMatchObject([{ name: 'all', to: ['w'], updates: 'all', limit: 2 ** 30, own_events: true }])
    expect(config).toMatchObject({ heartbeat: 900_000, http: { listen: { host: '127.0.0.1', port: 8686 } } })
  })

  test('anchors and merged members are read', async () => {
    const text = `${tenants}sources: [{ kind: feed, tenant: t }]\ntargets:\n  a: &a { kind: wire, url: "tcp://h:1" }\n  b: *a\n`
    expect((await load(text)).targets.map(({ name }) => name)).toEqual(['a', 'b'])
  })

  test.for([
    ['/etc/siembridge/siembridge.yaml', undefined, '/var/lib/siembridge'],
    ['/home/me/siembridge.yaml', undefined, '/home/me/siembridge-state'],
    ['/home/me/siembridge.yaml', 'here', '/home/me/here'],
    ['/home/me/siembridge.yaml', '/there', '/there'],
  ] as const)('%s with state %s keeps it in %s', ([file, told, wanted]) => expect(stateOf(file, told)).toBe(wanted))
})

const route = (text: string): string => `${good}routes:\n  - name: r\n${text}`

describe('what is wrong is told with its place and what to do', () => {
  test.for<[string, string, string[]]>([
    ['nothing at all', '', ['1:1: the section sources is missing', '1:1: there is no target']],
    ['no list', 'a', ['1:1: the configuration is a text']],
    ['no YAML', 'a: [1\nb: 2\n', ['2:1: no YAML']],
    ['a key twice', 'state: a\nstate: b\n', ['2:1: no YAML: Map keys must be unique']],
    ['a tab', 'log:\n\tlevel: info\n', ['2:1: no YAML']],
    [
      'an unknown key',
      `${good}heartbeet: 5m\n`,
      ['4:1: unknown key "heartbeet" — the configuration has no such option — do: write "heartbeat"'],
    ],
    ['a span without unit', `${good}heartbeat: 15\n`, ['4:12: "heartbeat" cannot be read']],
    ['an address without port', `${good}http: { listen: localhost }\n`, ['4:17: "listen" cannot be read']],
    ['a section of another form', `${tenants}${sources}targets: [w]\n`, ['3:10: the section targets is a list']],
    [
      'a kind that is not there',
      `${tenants}sources: [{ kind: fead, tenant: t }]\n${targets}`,
      ['2:19: there is no source of that kind — do: write "feed"'],
    ],
    ['no kind', `${tenants}sources: [{ tenant: t }]\n${targets}`, ['2:11: "kind" is missing']],
    [
      'an option of another kind',
      `${tenants}sources: [{ kind: feed, tenant: t, path: x }]\n${targets}`,
      ['2:36: unknown key "path"'],
    ],
    [
      'a wrong stream',
      `${tenants}sources: [{ kind: feed, tenant: t, streams: [alert] }]\n${targets}`,
      ['2:46: entry 1 of "streams" has no such value — do: write "alerts"'],
    ],
    [
      'a wrong unit',
      `${tenants}sources: [{ kind: feed, tenant: t, every: 5 minutes }]\n${targets}`,
      ['2:43: "every" cannot be read — How often it is asked — do: write a time span'],
    ],
    [
      'a tenant that is not there',
      `${tenants}sources: [{ kind: feed, tenant: u }]\n${targets}`,
      ['2:33: there is no tenant "u"'],
    ],
    [
      'a tenant with an error of its own',
      `tenants: { t: { id: x, secret: env:S } }\n${sources}${targets}`,
      ['1:21: "id" is not of the form that belongs here'],
    ],
    [
      'two sources of one name',
      `${tenants}sources: [{ kind: feed, tenant: t }, { kind: feed, tenant: t }]\n${targets}`,
      ['2:38: there are two sources "feed-t"'],
    ],
    [
      "the bridge's own name",
      `${tenants}sources: [{ kind: feed, tenant: t, name: siembridge }]\n${targets}`,
      ['2:42: the name "siembridge" is taken'],
    ],
    [
      'a name with a blank',
      `${tenants}${sources}targets: { "a b": { kind: wire, url: "tcp://h:1" } }\n`,
      ['3:12: "a b" cannot be a name'],
    ],
    [
      'a secret itself',
      `${tenants}${sources}targets: { w: { kind: wire, url: "tcp://h:1", token: hunter2 } }\n`,
      ['3:54: "token" holds a secret itself'],
    ],
    [
      'a password in a URL',
      `${tenants}${sources}targets: { w: { kind: wire, url: "tcp://u:hunter2@h:1" } }\n`,
      ['3:34: "url" holds a password in its URL'],
    ],
    [
      'a number too small',
      `${tenants}${sources}targets: { w: { kind: wire, url: "tcp://h:1", count: 1 } }\n`,
      ['3:54: "count" is too small — do: at least 2'],
    ],
    [
      'a number in place of a text',
      `${tenants}${sources}targets: { w: { kind: wire, url: "tcp://h:1", name: 7 } }\n`,
      ['3:53: "name" is a number — do: write a text, in quotes'],
    ],
    ['an empty value', `${tenants}${sources}targets: { w: { kind: wire, url: } }\n`, ['3:29: "url" is empty']],
    [
      'a route to nowhere',
      route('    to: [v]\n'),
      ['6:10: there is no target "v" — a route takes from sources and gives to targets by their names — do: write "w"'],
    ],
    ['a route from nowhere', route('    from: [feed]\n'), []],
    ['a source that no one has', route('    from: [fid-x]\n'), ['6:12: there is no source "fid-x"']],
    ['a filter, plain', route('    filter: a and WRONG\n'), ['6:19: a field was expected']],
    ['a filter, quoted', route('    filter: "a and WRONG"\n'), ['6:20: a field was expected']],
    ['a filter over two lines', route('    filter: a\n      and WRONG\n'), ['7:11: a field was expected']],
    ['a filter in a block', route('    filter: |\n      a and\n      WRONG\n'), ['8:7: a field was expected']],
    ['a filter of a rule', route('    to: [w]\n    index: [{ when: WRONG, is: x }]\n'), ['7:21: a field was expected']],
    [
      'a field that is not there',
      route('    mask: [user.nam]\n'),
      ['6:12: there is no field "user.nam" — do: write "user.name"'],
    ],
    ['a size', route('    limit: 1 gig\n'), ['6:12: "limit" cannot be read']],
    ['two routes of one name', `${route('    to: [w]\n')}  - name: r\n`, ['7:11: there are two routes "r"']],
    ['a route without a name', `${good}routes:\n  - to: [w]\n`, ['5:5: "name" is missing']],
    [
      'a file of two routes',
      `${tenants}${sources}targets: { f: { kind: file, url: "tcp://h:1" } }\nroutes: [{ name: a }, { name: b, to: [f] }]\n`,
      ['4:38: two routes lead to "f"'],
    ],
    [
      'a target without a route',
      `${tenants}${sources}targets: { f: { kind: file, url: "tcp://h:1" }, w: { kind: wire, url: "tcp://h:1" } }\nroutes: [{ name: a, to: [f] }]\n`,
      ['3:52: no route leads to the target "w"'],
    ],
    [
      'hiding in what cannot be changed',
      `${tenants}${sources}targets: { w: { kind: wire, url: "tcp://h:1", format: hec } }\nroutes: [{ name: a, drop: [user.name] }]\n`,
      ['4:27: "drop" cannot be done'],
    ],
  ])('%s', async ([, text, wanted]) => {
    const found = await problems(text)
    expect(found.map((line, at) => line.slice(0, `c.yaml:${wanted[at] ?? ''}`.length)).toSorted()).toEqual(
      wanted.map((line) => `c.yaml:${line}`).toSorted(),
    )
    expect(found.join('\n')).not.toContain('hunter2')
  })

  test('everything is told at once, in the order of the file, and nothing twice', async () => {
    const text = `tenants: { t: { id: x, secret: hunter2 } }\nsources: [{ kind: fead }]\ntargets: { w: { kind: wire } }\nroutes: [{ name: r, from: [x], to: [y], filter: WRONG, limit: 1 }]\nlogg: {}\n`
    const places = (await problems(text)).map((line) => line.split(' ')[0])
    expect(places).toEqual(
      ['1:21', '1:32', '2:19', '3:12', '4:28', '4:37', '4:49', '5:1'].map((place) => `c.yaml:${place}:`),
    )
  })
})

describe('any text', () => {
  const yaml = fc.oneof(
    fc.string(),
    fc.string({
      unit: fc.constantFrom(
        'a',
        ':',
        ' ',
        '\n',
        '-',
        '[',
        ']',
        '{',
        '}',
        '&',
        '*',
        '!',
        '"',
        "'",
        '|',
        '>',
        '#',
        '?',
        '%',
        '\t',
        ',',
      ),
    }),
    fc
      .array(fc.tuple(fc.nat(good.length + 60), fc.string({ maxLength: 4 })), { maxLength: 6 })
      .map((edits) =>
        edits.reduce((text, [at, part]) => text.slice(0, at) + part + text.slice(at + 1), route('    filter: a\n')),
      ),
    fc.json().map((json) => `sources: ${json}\ntargets: ${json}\nroutes: ${json}\ntenants: ${json}\nhttp: ${json}\n`),
  )

  test('is read, or refused with places within it', async () => {
    await fc.assert(
      fc.asyncProperty(yaml, async (text) => {
        const lines = text.split('\n').length
        for (const line of await problems(text)) {
          const place = /^c\.yaml:(\d+):(\d+): \S/.exec(line)
          expect(place, line).not.toBeNull()
          expect(Number(place?.[1])).toBeLessThanOrEqual(lines)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('aliases that would grow without end are refused', async () => {
    const layers = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`)
    expect((await problems(`l0: &l0 [x]\n${layers.join('\n')}\n`))[0]).toMatch(
      /^c\.yaml:1:1: no YAML: Excessive alias count/,
    )
  })
})

test('the JSON Schema has the options of every kind', () => {
  const schema = JSON.stringify(configJsonSchema(kinds))
  expect(schema).toContain('"kind":{"const":"feed"}')
  expect(schema).toContain('How often it is asked')
})
