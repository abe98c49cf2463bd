import { clouds } from '@siembridge/azure'
import { shapeRows } from '@siembridge/engine/describe'
import { type ContentName, contentNames, type StreamName, streams } from '@siembridge/microsoft'
import { about, collections, customConfs, realms } from './about.ts'
import { type Scheme, schemes, testScheme } from './schemes.ts'

/** An API of Microsoft whose application permissions streams take: its name in the portal, and its application. */
export interface ApiFacts {
  readonly name: string
  readonly appId: string
}

/** Microsoft, "Verify first-party Microsoft applications in sign-in reports". */
const apis = {
  graph: { name: 'Microsoft Graph', appId: '00000003-0000-0000-c000-000000000000' },
  office: { name: 'Office 365 Management APIs', appId: 'c5393580-f805-4401-95e8-94b7a6ef2fc2' },
} as const satisfies Readonly<Record<string, ApiFacts>>

export interface StreamFacts {
  readonly name: string
  readonly title: string
  readonly permission: string
  readonly api: ApiFacts
  /** Sourcetypes of `compatible` inputs, as far as they are those of older add-ons. */
  readonly compatible: readonly string[]
  /** Sourcetypes of `own` inputs. */
  readonly own: readonly string[]
}

export interface SchemeFacts extends Pick<Scheme, 'name' | 'title' | 'description' | 'services'> {
  readonly streams: readonly StreamFacts[]
}

/** What the pages know of the add-on: it is put into their script when that is made. */
export interface PageFacts {
  readonly app: string
  readonly label: string
  readonly leastNode: number
  readonly schemes: readonly SchemeFacts[]
  readonly testScheme: string
  readonly clouds: readonly { readonly name: string; readonly title: string }[]
  readonly confs: typeof customConfs
  readonly realms: typeof realms
  readonly collections: typeof collections
}

/** Titles in the words of Entra's own pages, where those of the source are Microsoft's names in the API. */
const titles: Readonly<Record<string, string>> = {
  'sign-ins.interactive': 'Entra ID sign-ins: users, interactive',
  'sign-ins.non-interactive': 'Entra ID sign-ins: users, non-interactive',
  'sign-ins.service-principal': 'Entra ID sign-ins: service principals',
  'sign-ins.managed-identity': 'Entra ID sign-ins: managed identities',
}
const titleOf = (name: string, title: string): string =>
  titles[name] ?? `${title.charAt(0).toUpperCase()}${title.slice(1)}`

const shapes = shapeRows()
const ofTypes = (types: readonly string[], shape: (name: string) => boolean): readonly string[] => [
  ...new Set(shapes.filter((row) => types.includes(row.type) && shape(row.shape)).map(({ sourcetype }) => sourcetype)),
]

const isContent = (name: string): name is ContentName => (contentNames as readonly string[]).includes(name)

function permissionOf(name: string): Pick<StreamFacts, 'api' | 'permission'> {
  if (!isContent(name)) return { api: apis.graph, permission: streams[name as StreamName].permission }
  return { api: apis.office, permission: name === 'dlp.all' ? 'ActivityFeed.ReadDlp' : 'ActivityFeed.Read' }
}

export const pageFacts: PageFacts = {
  app: about.id,
  label: about.label,
  leastNode: about.leastNode,
  testScheme: testScheme.name,
  schemes: schemes.map(({ name, title, description, services, streams: all }) => ({
    name,
    title,
    description,
    services,
    streams: all.map((stream) => ({
      name: stream.name,
      title: titleOf(stream.name, stream.title),
      ...permissionOf(stream.name),
      compatible: ofTypes(stream.expects, (shape) => isContent(stream.name) || shape === 'graph'),
      own: stream.expects.map((type) => `siembridge:${type.replace('.', ':')}`),
    })),
  })),
  clouds: Object.entries(clouds).map(([name, { title }]) => ({
    name,
    title: name === 'custom' ? 'Another: hosts are told by the account' : title,
  })),
  confs: customConfs,
  realms,
  collections,
}
