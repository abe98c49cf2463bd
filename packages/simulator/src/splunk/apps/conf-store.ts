import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { confText, readConf } from '@siembridge/formats'

export type Settings = Readonly<Record<string, string>>

/** A stanza as splunkd sees it: `local` over `default`, and the app that holds it. */
export interface ConfStanzaView {
  readonly name: string
  readonly app: string
  readonly settings: Settings
}

/** Configuration files of the installed apps: `default` as it was installed, `local` as it is changed over REST. */
export class ConfStore {
  private readonly apps: string
  /** Files as they were read last, by path: pages and inputs ask for them many times. */
  private readonly known = new Map<
    string,
    { readonly version: string; readonly stanzas: ReadonlyMap<string, Settings> }
  >()

  constructor(apps: string) {
    this.apps = apps
  }

  get appNames(): readonly string[] {
    return existsSync(this.apps) ? readdirSync(this.apps).toSorted() : []
  }

  /** Stanzas of a file in every app, or in one. */
  stanzas(file: string, app?: string): readonly ConfStanzaView[] {
    return (app === undefined ? this.appNames : [app]).flatMap((name) => {
      const layers = ['default', 'local'].map((layer) => this.read(name, layer, file))
      const names = [...new Set(layers.flatMap((layer) => [...layer.keys()]))]
      return names.map((stanza) => ({
        name: stanza,
        app: name,
        settings: Object.assign({}, ...layers.map((layer) => layer.get(stanza) ?? {})) as Settings,
      }))
    })
  }

  stanza(file: string, name: string, app?: string): ConfStanzaView | undefined {
    return this.stanzas(file, app).find((stanza) => stanza.name === name)
  }

  /** Changes settings of a stanza in an app's `local`. */
  set(app: string, file: string, stanza: string, settings: Settings): void {
    const local = this.read(app, 'local', file)
    local.set(stanza, { ...local.get(stanza), ...settings })
    this.write(app, file, local)
  }

  /** Whether there was one in `local`. */
  remove(app: string, file: string, stanza: string): boolean {
    const local = this.read(app, 'local', file)
    const there = local.delete(stanza)
    if (there) this.write(app, file, local)
    return there
  }

  private path = (app: string, layer: string, file: string): string => join(this.apps, app, layer, `${file}.conf`)

  private read(app: string, layer: string, file: string): Map<string, Settings> {
    const path = this.path(app, layer, file)
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (!stat) return new Map()
    const version = `${stat.mtimeNs} ${stat.ino} ${stat.size}`
    const known = this.known.get(path)
    if (known?.version === version) return new Map(known.stanzas)
    const { stanzas } = readConf(readFileSync(path, 'utf8'))
    const read = new Map(
      stanzas.map(({ name, settings }) => [name, Object.fromEntries(settings.map(({ key, value }) => [key, value]))]),
    )
    this.known.set(path, { version, stanzas: read })
    return new Map(read)
  }

  private write(app: string, file: string, stanzas: ReadonlyMap<string, Settings>): void {
    mkdirSync(join(this.apps, app, 'local'), { recursive: true })
    this.known.delete(this.path(app, 'local', file))
    writeFileSync(
      this.path(app, 'local', file),
      confText([...stanzas].map(([name, settings]) => ({ name, settings: Object.entries(settings) }))),
    )
  }
}
