import { type Conf, type ConfSetting, readConf, type ReadStanza, type TarEntry } from '@siembridge/formats'

/** One file of an app, with its path below the app's folder. */
export interface AppFile {
  readonly path: string
  readonly mode: number
  readonly content: Buffer
  readonly text: string
}

export interface AppConf extends Conf {
  readonly path: string
}

/** What a setting says, and where. */
export interface FoundSetting extends ConfSetting {
  readonly path: string
  readonly stanza: string
}

/** An unpacked app, laid out for the rules. */
export class AppPackage {
  readonly entries: readonly TarEntry[]
  /** Folders at the top of the archive; one, in a good package. */
  readonly roots: readonly string[]
  /** Name of the app's folder. */
  readonly name: string
  readonly files: readonly AppFile[]
  private readonly confCache = new Map<string, AppConf>()

  constructor(entries: readonly TarEntry[]) {
    this.entries = entries
    this.roots = [...new Set(entries.map(({ path }) => path.split('/')[0] as string))]
    this.name = this.roots[0] ?? ''
    const prefix = `${this.name}/`
    this.files = entries
      .filter(({ is, path }) => is === 'file' && path.startsWith(prefix))
      .map(({ path, mode, content }) => fileOf(path.slice(prefix.length), mode, Buffer.from(content ?? '')))
  }

  file(path: string): AppFile | undefined {
    return this.files.find((file) => file.path === path)
  }

  /** Files in a folder and in those below it. */
  below(folder: string): readonly AppFile[] {
    return this.files.filter(({ path }) => path.startsWith(`${folder}/`))
  }

  /** Every `.conf` of `default/` and `local/`, and every `.meta`. */
  get confs(): readonly AppConf[] {
    return this.files
      .filter(({ path }) => /^(?:default|local)\/[^/]+\.conf$|^metadata\/[^/]+\.meta$/.test(path))
      .map((file) => this.parsed(file))
  }

  /** Settings of `default/NAME.conf`, stanza by stanza; nothing where there is none. */
  stanzas(name: string): readonly (ReadStanza & { readonly path: string })[] {
    const path = `default/${name}.conf`
    const file = this.file(path)
    return file ? this.parsed(file).stanzas.map((stanza) => ({ ...stanza, path })) : []
  }

  /** A setting of `default/NAME.conf`. */
  setting(name: string, stanza: string, key: string): FoundSetting | undefined {
    return this.settings(name).find((one) => one.stanza === stanza && one.key === key)
  }

  settings(name: string): readonly FoundSetting[] {
    return this.stanzas(name).flatMap(({ name: stanza, path, settings }) =>
      settings.map((setting) => ({ ...setting, path, stanza })),
    )
  }

  private parsed(file: AppFile): AppConf {
    let conf = this.confCache.get(file.path)
    if (conf === undefined) this.confCache.set(file.path, (conf = { path: file.path, ...readConf(file.text) }))
    return conf
  }
}

function fileOf(path: string, mode: number, content: Buffer): AppFile {
  let text: string | undefined
  return {
    path,
    mode,
    content,
    get text() {
      return (text ??= isBinary(content) ? '' : content.toString('utf8'))
    },
  }
}

const isBinary = (content: Buffer): boolean => content.subarray(0, 8192).includes(0)

/** Lines of a text file with their numbers, from 1. */
export const linesOf = ({ text }: AppFile): readonly { readonly text: string; readonly line: number }[] =>
  text.split('\n').map((one, at) => ({ text: one, line: at + 1 }))
