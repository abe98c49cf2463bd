import { type ConfStanza, confText } from '@siembridge/formats'
import { olderAddOns } from '@siembridge/splunk/migration'
import { about, collections, customConfs } from '../about.ts'
import { introducedSchemes } from '../schemes.ts'

type Setting = readonly [key: string, value: string]

const appConf = (version: string): readonly ConfStanza[] => [
  {
    name: 'install',
    settings: [
      ['is_configured', 'false'],
      ['state', 'enabled'],
      ['build', '1'],
    ],
  },
  {
    name: 'ui',
    settings: [
      ['is_visible', 'true'],
      ['label', about.label],
      ['supported_themes', 'light, dark'],
    ],
  },
  {
    name: 'launcher',
    settings: [
      ['author', about.author],
      ['version', version],
      ['description', about.description],
    ],
  },
  {
    name: 'package',
    settings: [
      ['id', about.id],
      ['check_for_updates', 'false'],
    ],
  },
  {
    name: 'id',
    settings: [
      ['name', about.id],
      ['version', version],
    ],
  },
  { name: 'triggers', settings: Object.values(customConfs).map((conf): Setting => [`reload.${conf}`, 'simple']) },
]

const replicated: ConfStanza = {
  name: 'shclustering',
  settings: Object.values(customConfs).map((conf): Setting => [`conf_replication_include.${conf}`, 'true']),
}

/** Splunk Web passes on only what is listed, and of inputs only those of Splunk's own (web.conf.spec, `[expose:]`). */
const exposed: readonly ConfStanza[] = introducedSchemes.flatMap(({ name }) =>
  (
    [
      ['', `data/inputs/${name}`, 'GET,POST'],
      ['_one', `data/inputs/${name}/*`, 'GET,POST,DELETE'],
      ['_action', `data/inputs/${name}/*/*`, 'GET,POST'],
    ] as const
  ).map(([suffix, pattern, methods]) => ({
    name: `expose:${name}${suffix}`,
    settings: [
      ['pattern', pattern],
      ['methods', methods],
    ] as const,
  })),
)

/** Inputs of older add-ons that ours take the place of: the page Migration enables and disables them. */
const exposedOlder: readonly ConfStanza[] = olderAddOns
  .flatMap(({ kinds }) => kinds.filter(({ moves }) => moves.length > 0))
  .map(({ scheme }) => ({
    name: `expose:${scheme}_switch`,
    settings: [
      ['pattern', `data/inputs/${scheme}/*/*`],
      ['methods', 'POST'],
    ] as const,
  }))

/** One process serves all inputs of a scheme, so the interval is the scheme's: how soon it is started again after it ended. */
const inputDefaults: readonly ConfStanza[] = introducedSchemes.map(({ name, arguments: all }) => ({
  name,
  settings: [
    ['interval', '60'],
    ['start_by_shell', 'false'],
    ...(all.some((argument) => argument.name === 'sourcetypes') ? [['sourcetypes', 'compatible'] as const] : []),
  ],
}))

const texts = (...fields: readonly string[]): Readonly<Record<string, 'string'>> =>
  Object.fromEntries(fields.map((field) => [field, 'string']))

const fieldsOf: Readonly<Record<string, Readonly<Record<string, 'string' | 'number'>>>> = {
  [collections.state]: texts('value', 'tag'),
  [collections.budgets]: { ...texts('key', 'holder'), untilMs: 'number', pausedToMs: 'number' },
  [collections.status]: texts('stanza', 'status'),
  [collections.requests]: texts('stanza', 'streams'),
  [collections.tests]: texts('account', 'report'),
}

const collectionStanzas = Object.entries(fieldsOf).map(([name, fields]) => ({
  name,
  settings: Object.entries(fields).map(([field, type]): [string, string] => [`field.${field}`, type]),
}))

/** Every `.conf` of the add-on's own, by its path. */
export const addonConfs = (version: string): ReadonlyMap<string, string> =>
  new Map([
    ['default/app.conf', confText(appConf(version))],
    ['default/inputs.conf', confText(inputDefaults)],
    ['default/server.conf', confText([replicated])],
    ['default/web.conf', confText([...exposed, ...exposedOlder])],
    ['default/collections.conf', confText(collectionStanzas)],
    [
      `default/${customConfs.settings}.conf`,
      confText([
        { name: 'logging', settings: [['level', 'info']] },
        { name: 'proxy', settings: [['enabled', '0']] },
      ]),
    ],
  ])
