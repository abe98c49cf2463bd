import { gzipSync } from 'node:zlib'
import { tarArchive, type TarEntry } from '@siembridge/formats'

/** Files of an app by their paths; those in `bin/` and in folders of an architecture may be executed. */
export function packed(name: string, files: Readonly<Record<string, string>>): Buffer {
  const folders = new Set(
    Object.keys(files).flatMap((path) =>
      `${name}/${path}`
        .split('/')
        .slice(0, -1)
        .map((_, at, parts) => parts.slice(0, at + 1).join('/')),
    ),
  )
  const entries: TarEntry[] = [
    ...[...folders].map((path) => ({ path, is: 'directory' as const, mode: 0o755 })),
    ...Object.entries(files).map(([path, text]) => ({
      path: `${name}/${path}`,
      is: 'file' as const,
      mode: /^(?:bin|linux_x86_64)\//.test(path) ? 0o755 : 0o644,
      content: Buffer.from(text),
    })),
  ]
  return gzipSync(tarArchive(entries, 0))
}

export interface StubOptions {
  readonly scheme?: string
  /** Elements of the scheme document. */
  readonly elements?: string
  /** What the program does with its input document; `document`, `emit` and `checkpoint` are there. */
  readonly run?: string
  /** More files. */
  readonly files?: Readonly<Record<string, string>>
}

const usual = `<use_external_validation>true</use_external_validation><streaming_mode>xml</streaming_mode>`

/** An app with one modular input, a program in JavaScript. */
export function stubApp({ scheme = 'contoso', elements = usual, run = '', files = {} }: StubOptions = {}): Buffer {
  return packed('contoso_app', {
    'README/inputs.conf.spec': `[${scheme}://<name>]\naccount = <text>\n`,
    'default/app.conf': '[package]\nid = contoso_app\n',
    'default/inputs.conf': `[${scheme}]\nstart_by_shell = false\ninterval = 60\nsourcetype = contoso:event\n`,
    'default/collections.conf': '[contoso_state]\nfield.value = string\n',
    [`bin/${scheme}.sh`]: `#!/bin/sh\nunset LD_LIBRARY_PATH OPENSSL_CONF\nexec "${process.execPath}" "$(dirname "$0")/${scheme}.cjs" "$@"\n`,
    [`bin/${scheme}.cjs`]: program(elements, run),
    ...files,
  })
}

const program = (elements: string, run: string): string => `
const fs = require('fs')
const path = require('path')
if (process.argv[2] === '--scheme') {
  process.stdout.write('<scheme><title>Contoso</title>${elements}<endpoint><args><arg name="account"><required_on_create>true</required_on_create></arg><arg name="count"><required_on_create>false</required_on_create></arg></args></endpoint></scheme>')
} else {
  let bytes = Buffer.alloc(0)
  const go = () => {
    const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe
    const document = bytes.toString(utf16 ? 'utf16le' : 'utf8')
    if (!/<\\/(input|items)>\\s*$/.test(document)) return false
    process.stdin.pause()
    const param = (name) => (document.match(new RegExp('<param name="' + name + '">([^<]*)</param>')) || [])[1]
    if (process.argv[2] === '--validate-arguments') {
      if (param('account') !== 'bad') return process.exit(0)
      process.stdout.write('<error><message>no account "bad" &amp; none like it</message></error>')
      process.exitCode = 1
      return true
    }
    const stanzas = [...document.matchAll(/<stanza name="([^"]*)"/g)].map((found) => found[1])
    const folder = document.match(/<checkpoint_dir>([^<]*)</)[1]
    fs.mkdirSync(folder, { recursive: true })
    const file = path.join(folder, 'position')
    const checkpoint = (value) => {
      if (value === undefined) return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0
      fs.writeFileSync(file + '.new', String(value))
      fs.renameSync(file + '.new', file)
    }
    const emit = (data, meta = '', attributes = '') => process.stdout.write('<event stanza="' + stanzas[0] + '"' + attributes + '>' + meta + '<data>' + data + '</data></event>')
    ${run}
    return true
  }
  process.stdin.on('data', (chunk) => { bytes = Buffer.concat([bytes, chunk]); go() })
}
`
