import { gzipSync } from 'node:zlib'
import { confText, type TarEntry, tarArchive } from '@siembridge/formats'
import { olderAddOns } from '@siembridge/splunk/migration'

/** An older add-on as far as a migration has to do with it: its kinds of inputs, which do nothing, and its collections. */
export function olderApp(app: string, collections: readonly string[]): Buffer {
  const kinds = olderAddOns.find((one) => one.app === app)?.kinds.filter(({ moves }) => moves.length > 0) ?? []
  const sourcetypes = kinds.flatMap(({ moves }) =>
    moves.flatMap((move) => move.sourcetypes.flatMap(({ older, ours }) => [older, ...ours])),
  )
  const files: Readonly<Record<string, string>> = {
    'README/inputs.conf.spec': confText(
      kinds.map(({ scheme }) => ({ name: `${scheme}://<name>`, settings: [['account', '<text>']] })),
    ),
    'default/inputs.conf': confText(
      kinds.map(({ scheme }) => ({ name: scheme, settings: [['start_by_shell', 'false']] })),
    ),
    'default/collections.conf': confText(collections.map((name) => ({ name, settings: [['field.state', 'string']] }))),
    // Every add-on says of its own sourcetypes that Splunk must not cut their events.
    'default/props.conf': confText([...new Set(sourcetypes)].map((name) => ({ name, settings: [['TRUNCATE', '0']] }))),
    ...Object.fromEntries(kinds.map(({ scheme }) => [`bin/${scheme}.sh`, program])),
  }
  return gzipSync(tarArchive(entriesOf(app, files), 0))
}

const program = `#!/bin/sh
if [ "$1" = --scheme ]; then
  echo '<scheme><title>older</title><use_external_validation>false</use_external_validation><streaming_mode>xml</streaming_mode><endpoint><args><arg name="account"><required_on_create>false</required_on_create></arg></args></endpoint></scheme>'
else
  exec sleep 3600
fi
`

function entriesOf(app: string, files: Readonly<Record<string, string>>): readonly TarEntry[] {
  const folders = new Set(Object.keys(files).map((path) => path.slice(0, path.lastIndexOf('/'))))
  return [
    ...['', ...folders].map((path) => ({
      path: path === '' ? app : `${app}/${path}`,
      is: 'directory' as const,
      mode: 0o755,
    })),
    ...Object.entries(files).map(([path, text]) => ({
      path: `${app}/${path}`,
      is: 'file' as const,
      mode: path.startsWith('bin/') ? 0o755 : 0o644,
      content: Buffer.from(text),
    })),
  ]
}
