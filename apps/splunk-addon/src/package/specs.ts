import { confText } from '@siembridge/formats'
import { customConfs } from '../about.ts'
import { schemes } from '../schemes.ts'

type Row = readonly [key: string, value: string]

const accountSettings: readonly Row[] = [
  ['tenant_id', '<GUID of the Entra tenant>'],
  ['client_id', '<GUID of the app registration; not with managed_identity>'],
  ['cloud', '<public, usgov, usgov-dod or china; public unless told>'],
  ['credential', '<client_secret, certificate or managed_identity; its secret stands in storage/passwords>'],
]

const proxySettings: readonly Row[] = [
  ['enabled', '<0 or 1>'],
  ['url', '<http://HOST:PORT>'],
  ['user', '<name; the password stands in storage/passwords>'],
]

/** What may stand in the add-on's configuration files: Splunk and people read it. */
export const specFiles: ReadonlyMap<string, string> = new Map([
  [
    'README/inputs.conf.spec',
    confText(
      schemes.map((scheme) => ({
        name: `${scheme.name}://<name>`,
        comment: [scheme.description],
        settings: scheme.arguments.map((argument): Row => [argument.name, `<${argument.description}>`]),
      })),
    ),
  ],
  [`README/${customConfs.account}.conf.spec`, confText([{ name: '<name>', settings: accountSettings }])],
  [
    `README/${customConfs.settings}.conf.spec`,
    confText([
      { name: 'logging', settings: [['level', '<debug, info, warn or error>']] },
      { name: 'proxy', settings: proxySettings },
    ]),
  ],
])
