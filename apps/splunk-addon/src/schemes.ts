import { contentNames, contentTypes, streamNames, streams } from '@siembridge/microsoft'

/** A list that a source of the bridge collects. */
export interface CollectedStream {
  readonly name: string
  readonly title: string
  /** Log types that it brings. */
  readonly expects: readonly string[]
}

/** A parameter of an input, besides those that Splunk gives every input. */
export interface SchemeArgument {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly required: boolean
}

/** A kind of input as an administrator thinks of it: one entry under Settings, Data inputs. */
export interface Scheme {
  readonly name: string
  readonly title: string
  readonly description: string
  /** Services of the catalog whose log types belong to it. */
  readonly services: readonly string[]
  readonly streams: readonly CollectedStream[]
  readonly arguments: readonly SchemeArgument[]
}

const all: readonly CollectedStream[] = [
  ...streamNames.map((name) => ({ name, title: streams[name].title, expects: streams[name].expects })),
  ...contentNames.map((name) => ({ name, title: contentTypes[name].title, expects: contentTypes[name].expects })),
]

const groups = [
  {
    name: 'siembridge_alerts',
    title: 'Microsoft alerts and incidents',
    description: 'Alerts and incidents of Microsoft Defender XDR and Defender for Cloud',
    services: ['xdr', 'defender-cloud'],
  },
  {
    name: 'siembridge_entra_id',
    title: 'Microsoft Entra ID',
    description: 'Sign-ins, audit log, provisioning log and risks of Microsoft Entra ID',
    services: ['entra'],
  },
  {
    name: 'siembridge_office_365',
    title: 'Microsoft Office 365',
    description:
      'The unified audit log: Exchange, SharePoint, Teams, Entra ID, Defender for Office 365 and data loss prevention',
    services: ['o365'],
  },
] as const

/** Every kind of input. A stream belongs to the one that has the service of its first log type. */
export const schemes: readonly Scheme[] = groups.map((group) => {
  const own = all.filter(({ expects }) => serviceOf(expects, group.services))
  return { ...group, streams: own, arguments: argumentsOf(own) }
})

function serviceOf([first = '']: readonly string[], services: readonly string[]): boolean {
  return services.includes(first.split('.')[0] ?? '')
}

function argumentsOf(own: readonly CollectedStream[]): readonly SchemeArgument[] {
  return [
    {
      name: 'account',
      title: 'Account',
      description: 'Name of a stanza of the add-on’s accounts: a tenant, and how to sign in to it',
      required: true,
    },
    {
      name: 'streams',
      title: 'Streams',
      description: `What to collect, separated by commas; everything unless told: ${own.map(({ name }) => name).join(', ')}`,
      required: false,
    },
    {
      name: 'start',
      title: 'Start',
      description:
        'How far to go back the first time: a date such as 2026-01-31, or a time span such as 7d; nothing unless told',
      required: false,
    },
    {
      name: 'look_every',
      title: 'Time between two looks',
      description: 'A time span such as 1m; what is usual for each stream unless told',
      required: false,
    },
    {
      name: 'sourcetypes',
      title: 'Sourcetypes',
      description:
        'compatible: those of older add-ons, with Microsoft’s JSON; own: siembridge:…, with CIM fields; compatible unless told',
      required: false,
    },
  ]
}

/**
 * What the pages test accounts with: splunkd has a program validate the parameters of a new input, and this one's program looks at the
 * account, keeps what it found, and refuses. So there is never an input of it, and no handler of REST is needed.
 */
export const testScheme: Scheme = {
  name: 'siembridge_test',
  title: 'SIEMbridge: test of an account',
  description: 'The page Configuration tests accounts with it. It collects nothing, and no input of it can be made',
  services: [],
  streams: [],
  arguments: argumentsOf([]).filter(({ name }) => name === 'account'),
}

/** Everything that introduces itself to splunkd. */
export const introducedSchemes: readonly Scheme[] = [...schemes, testScheme]

/** Every stream of every source, for the proof that none is in no scheme. */
export const collectedStreams = all
