import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isProblem, readTar } from '@siembridge/formats'

/** Unpacks a package below `etc/apps` and answers its name; what an earlier version left goes, but for `local`. Throws for no package. */
export function unpackApp(spl: Uint8Array, apps: string): string {
  const entries = readTar(gunzipSync(spl))
  if (isProblem(entries)) throw new Error(`not a package: ${entries.problem}`)
  const roots = new Set(entries.map(({ path }) => path.split('/')[0]))
  const [name] = roots
  if (roots.size !== 1 || name === undefined) throw new Error(`not one folder at the top but ${[...roots].join(', ')}`)
  for (const path of new Set(entries.map((entry) => entry.path.split('/').slice(0, 2).join('/'))))
    if (path !== name) rmSync(join(apps, path), { recursive: true, force: true })
  for (const { path, is, mode, content } of entries) {
    if (is === 'directory') mkdirSync(join(apps, path), { recursive: true })
    if (is !== 'file') continue
    mkdirSync(dirname(join(apps, path)), { recursive: true })
    writeFileSync(join(apps, path), content ?? '')
    chmodSync(join(apps, path), mode)
  }
  return name
}
