import type { TarEntry } from '@siembridge/formats'

const id = 'contoso_app'

/** A package that keeps every rule: one input, one sourcetype, one page. */
const files: Readonly<Record<string, string | Buffer>> = {
  'app.manifest': JSON.stringify({
    schemaVersion: '2.0.0',
    info: {
      title: 'Contoso events',
      id: { group: null, name: id, version: '1.2.3' },
      author: [{ name: 'Contoso', email: null, company: null }],
      releaseDate: null,
      description: null,
      classification: { intendedAudience: null, categories: [], developmentStatus: null },
      commonInformationModels: null,
      license: { name: null, text: null, uri: null },
      privacyPolicy: { name: null, text: null, uri: null },
      releaseNotes: { name: null, text: null, uri: null },
    },
    dependencies: null,
    tasks: null,
    inputGroups: null,
    incompatibleApps: null,
    platformRequirements: null,
    supportedDeployments: ['_standalone'],
    targetWorkloads: ['_search_heads'],
  }),
  'README.txt': 'Contoso events\n',
  'README/inputs.conf.spec': '[contoso_events://<name>]\naccount = <text>\n',
  'README/contoso_app_settings.conf.spec': '[logging]\nlevel = <text>\n',
  'bin/contoso_events.sh': '#!/bin/sh\nexec node "$(dirname "$0")/contoso.cjs" "$@"\n',
  'bin/contoso_events.cmd': '@echo off\r\nnode "%~dp0contoso.cjs" %*\r\n',
  'bin/contoso.cjs': 'console.log("<stream></stream>")\n',
  'default/app.conf': `[install]
is_configured = false
[ui]
is_visible = true
label = Contoso events
[launcher]
author = Contoso
version = 1.2.3
description = Events of Contoso
[package]
id = ${id}
check_for_updates = false
[id]
name = ${id}
version = 1.2.3
[triggers]
reload.contoso_app_settings = simple
`,
  'default/inputs.conf': '[contoso_events]\ninterval = 60\nstart_by_shell = false\n',
  'default/contoso_app_settings.conf': '[logging]\nlevel = info\n',
  'default/server.conf': '[shclustering]\nconf_replication_include.contoso_app_settings = true\n',
  'default/web.conf': `[expose:contoso_events]
pattern = data/inputs/contoso_events
methods = GET,POST
[expose:contoso_events_one]
pattern = data/inputs/contoso_events/*
methods = GET,POST,DELETE
[expose:contoso_events_action]
pattern = data/inputs/contoso_events/*/*
methods = POST
`,
  'default/collections.conf': '[contoso_state]\nfield.value = string\n',
  'default/props.conf':
    '[contoso:event]\nKV_MODE = json\nREPORT-a = contoso_parts\nLOOKUP-b = contoso_types type OUTPUT name\n',
  'default/transforms.conf': '[contoso_parts]\nREGEX = (?<part>\\w+)\n[contoso_types]\nfilename = contoso_types.csv\n',
  'default/eventtypes.conf': '[contoso_alert]\nsearch = sourcetype="contoso:event"\n',
  'default/tags.conf': '[eventtype=contoso_alert]\nalert = enabled\n',
  'default/savedsearches.conf':
    '[Contoso daily]\nsearch = index=main\nenableSched = 1\ncron_schedule = 7 3 * * *\ndispatch.earliest_time = -1d\ndispatch.latest_time = now\n',
  'default/data/ui/nav/default.xml': '<nav><view name="overview" default="true"/></nav>\n',
  'default/data/ui/views/overview.xml': '<dashboard version="1.1"><label>Overview</label></dashboard>\n',
  'default/macros.conf': '[contoso_events]\ndefinition = sourcetype="contoso:event"\niseval = 0\n',
  'default/data/ui/views/events.xml': `<dashboard version="2" theme="light"><label>Events</label><definition><![CDATA[
{"title":"Events","dataSources":{"ds_1":{"type":"ds.search","name":"Events","options":{"query":"\`contoso_events\` | stats count"}}},"visualizations":{"viz_1":{"type":"splunk.singlevalue","dataSources":{"primary":"ds_1"}}},"inputs":{},"layout":{"type":"grid","structure":[{"item":"viz_1","type":"block","position":{"x":0,"y":0,"w":1200,"h":200}}]}}
]]></definition></dashboard>
`,
  'lookups/contoso_types.csv': 'type,name\n1,One\n',
  'metadata/default.meta': '[]\naccess = read : [ * ], write : [ admin, sc_admin ]\nexport = system\n',
  'static/appIcon.png': png(36, 36),
  'static/appIcon_2x.png': png(72, 72),
}

function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])
  bytes.write('IHDR', 12)
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

/** A package that tests spoil. */
export class PackageDraft {
  readonly entries: TarEntry[]

  constructor() {
    const names = Object.keys(files)
    const folders = new Set([
      id,
      ...names.flatMap((path) =>
        path
          .split('/')
          .slice(0, -1)
          .map((_, at, parts) => `${id}/${parts.slice(0, at + 1).join('/')}`),
      ),
    ])
    this.entries = [
      ...[...folders].map((path) => ({ path, is: 'directory' as const, mode: 0o755 })),
      ...names.map((path) => ({
        path: `${id}/${path}`,
        is: 'file' as const,
        mode: /^bin\/.*\.(?:sh|cmd)$/.test(path) ? 0o755 : 0o644,
        content: Buffer.from(files[path] ?? ''),
      })),
    ]
  }

  /** Writes a file, over one that is there. */
  put(path: string, content: string | Uint8Array, mode = 0o644): this {
    this.remove(path)
    this.entries.push({ path: `${id}/${path}`, is: 'file', mode, content: Buffer.from(content) })
    return this
  }

  append(path: string, text: string): this {
    return this.put(path, `${this.text(path)}${text}`, this.mode(path))
  }

  replace(path: string, from: string | RegExp, to: string): this {
    const text = this.text(path)
    if (text.replace(from, to) === text) throw new Error(`${path} has no ${String(from)}`)
    return this.put(path, text.replace(from, to), this.mode(path))
  }

  remove(path: string): this {
    const at = this.entries.findIndex((entry) => entry.path === `${id}/${path}`)
    if (at >= 0) this.entries.splice(at, 1)
    return this
  }

  chmod(path: string, mode: number): this {
    const at = this.entries.findIndex((entry) => entry.path === `${id}${path === '' ? '' : `/${path}`}`)
    const entry = this.entries[at]
    if (!entry) throw new Error(`there is no ${path}`)
    this.entries[at] = { ...entry, mode }
    return this
  }

  /** An entry as it is, with a path from the top of the archive. */
  raw(entry: TarEntry): this {
    this.entries.push(entry)
    return this
  }

  private text = (path: string): string =>
    Buffer.from(this.entries.find((entry) => entry.path === `${id}/${path}`)?.content ?? '').toString('utf8')
  private mode = (path: string): number => this.entries.find((entry) => entry.path === `${id}/${path}`)?.mode ?? 0o644
}
