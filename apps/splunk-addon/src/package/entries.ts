import { logTypes } from '@siembridge/catalog'
import { confText, type TarEntry } from '@siembridge/formats'
import { statusLookup } from '@siembridge/splunk/dashboards'
import { appManifest, defaultMeta, filledModels, generateKnowledge } from '@siembridge/splunk/knowledge'
import { about } from '../about.ts'
import { icons } from '../icon/icons.ts'
import { introducedSchemes } from '../schemes.ts'
import { addonConfs } from './confs.ts'
import { type RuntimePlatform, runtimePlatforms, unixLauncher, windowsLauncher } from './launchers.ts'
import { type Loader, pageFiles, readmeText } from './pages.ts'
import { specFiles } from './specs.ts'

/** A Node that a package carries. */
export interface CarriedRuntime {
  readonly platform: RuntimePlatform
  readonly node: Uint8Array
  /** Text of its licence. */
  readonly licence: string
}

export interface PackageContents {
  readonly version: string
  /** The bundled script that every input runs. */
  readonly script: Uint8Array
  /** The pages' script, its licences and the template that loads it, by their paths below `appserver`. */
  readonly pages: ReadonlyMap<string, Uint8Array>
  /** What loads them; a template of ours unless told. */
  readonly loader?: Loader
  /** Text of the licence. */
  readonly licence: string
  /** Texts of the licences of packages that the script holds. */
  readonly thirdParty: string
  readonly runtimes?: readonly CarriedRuntime[]
}

/** Everything in the package: folders before what is in them, all in the order of their paths. */
export function packageEntries(contents: PackageContents): readonly TarEntry[] {
  const files = [...packageFiles(contents)].map(([path, { mode, content }]) => ({
    path: `${about.id}/${path}`,
    is: 'file' as const,
    mode,
    content: Buffer.from(content),
  }))
  const folders = new Set(files.flatMap(({ path }) => parentsOf(path)))
  return [...[...folders].map((path) => ({ path, is: 'directory' as const, mode: 0o755 })), ...files].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  )
}

const transforms = 'default/transforms.conf'

/** The dashboards read what inputs say of themselves by a lookup. */
const withStatus = (content: string | Uint8Array): string =>
  `${Buffer.from(content).toString('utf8')}\n${confText([statusLookup])}`

const licencePath = 'LICENSES/Apache-2.0.txt'

interface Packed {
  readonly mode: number
  readonly content: string | Uint8Array
}

function packageFiles({
  version,
  script,
  pages,
  loader = 'own',
  licence,
  thirdParty,
  runtimes = [],
}: PackageContents): Map<string, Packed> {
  const binaries = runtimes.map((runtime) => ({
    ...runtime,
    path: `bin/runtime/${runtime.platform}/${runtimePlatforms[runtime.platform].node}`,
  }))
  const { files } = generateKnowledge(
    logTypes.map(({ id }) => id),
    { compatibleProps: false },
  )
  const texts = new Map<string, string | Uint8Array>([
    [
      'app.manifest',
      appManifest({
        id: about.id,
        title: about.label,
        author: about.author,
        version,
        description: about.description,
        models: filledModels,
        licence: licencePath,
        releaseNotes: 'README.txt',
      }),
    ],
    [
      'README.txt',
      readmeText(
        version,
        binaries.map(({ path }) => path),
      ),
    ],
    ['VERSION', `${version}\n`],
    [licencePath, licence],
    ['LICENSES/third-party.txt', thirdParty],
    ...runtimes.slice(0, 1).map((runtime) => ['LICENSES/Node.js.txt', runtime.licence] as const),
    ['metadata/default.meta', defaultMeta],
    ...addonConfs(version),
    ...files.map(({ path, content }) => [path, path === transforms ? withStatus(content) : content] as const),
    ...specFiles,
    ...pageFiles(loader),
    ...[...pages]
      .filter(([path]) => loader === 'own' || !path.startsWith('templates/'))
      .map(([path, content]) => [`appserver/${path}`, content] as const),
    ...icons(),
    [`bin/${about.script}`, script],
  ])
  const programs = new Map<string, string | Uint8Array>([
    ...introducedSchemes.flatMap(({ name }) => [
      [`bin/${name}.sh`, unixLauncher(name)] as const,
      [`bin/${name}.cmd`, windowsLauncher(name)] as const,
    ]),
    ...binaries.map(({ path, node }) => [path, node] as const),
  ])
  return new Map<string, Packed>([
    ...[...texts].map(([path, content]) => [path, { mode: 0o644, content }] as const),
    ...[...programs].map(([path, content]) => [path, { mode: 0o755, content }] as const),
  ])
}

const parentsOf = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, at, parts) => parts.slice(0, at + 1).join('/'))
