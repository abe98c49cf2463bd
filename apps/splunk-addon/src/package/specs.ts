import { confText } from '@siembridge/formats'
import { customConfs } from '../about.ts'
import { introducedSchemes } from '../schemes.ts'

type Row = readonly [key: string, value: string]

const accountSettings: readonly Row[] = [
  ['tenant_id', '<GUID of the Entra tenant>'],
  ['client_id', '<GUID of the app registration; not with managed_identity>'],
  ['cloud', '<public, gcc, gcc-high, dod, china or custom; public unless told>'],
  ['credential', '<client_secret, certificate or managed_identity; its secret stands in storage/passwords>'],
  ['client_secret_expires', '<day on which the client secret ends, such as 2027-01-31>'],
  ['login', '<origin that tokens come from, in place of the cloud’s>'],
  ['graph', '<origin of Microsoft Graph, in place of the cloud’s>'],
  ['manage', '<origin of the Office 365 Management Activity API, in place of the cloud’s>'],
  ['ca', '<file with certificates in PEM that are trusted besides those of the system>'],
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
      introducedSchemes.map((scheme) => ({
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
