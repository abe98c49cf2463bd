/** How what was generated gets into QRadar, as a page. */
export const importSteps = (identifier: string, native: readonly string[]): string => `# Into QRadar

Three ways. Choose one for each log type; they can stand side by side.

| way | what the bridge sends | what parses it | set up by |
|---|---|---|---|
| \`leef\` | LEEF 2.0 | Universal LEEF, which IBM ships | \`apply\` alone |
| \`lsx-flat\`, \`lsx-raw-plus\` | JSON: our flat keys, or Microsoft's record with them added | an extension for a log source type of each log type | \`apply\`, and one upload for each extension |
| \`native\` | Microsoft's record | the DSM that IBM ships | \`apply\`; IBM's own mappings are kept |

\`lsx-raw\` holds extensions over Microsoft's records as they are, with a report of what they cannot say. They have no plan.

## 1. A token

Admin > Authorized Services > Add: a role with the rights to System Administrator. Deploy changes. Keep the token in an
environment variable or a file, never on the command line.

## 2. Look, then apply

\`\`\`sh
siembridge apply qradar leef --console https://CONSOLE --token env:QRADAR_TOKEN --ca console-ca.pem --dry-run
siembridge apply qradar leef --console https://CONSOLE --token env:QRADAR_TOKEN --ca console-ca.pem
\`\`\`

It creates and changes, and never deletes: QRadar's API has no way to take QID records and event mappings back. It can be
broken off and run again at any time. The first run makes some thousand records, one request each: \`generate\` with \`--type\` for
the log types that you collect keeps that small.

## 3. Extensions (\`lsx-flat\`, \`lsx-raw-plus\`)

The API cannot take an extension. For each one that \`apply\` names: Admin > Log Source Extensions > Add; as name the one that
\`apply\` prints; Choose File, the \`.lsx.xml\`; Upload; Save. Run \`apply\` again: it attaches them to their types.

## 4. What the bridge sends

QRadar tells log sources apart by the host name in the syslog header, and cuts payloads that are longer than Admin > System Settings >
Max TCP Syslog Payload Length (4096 bytes unless changed, 32000 at most; UDP 1024) in two. \`max_bytes\` makes the bridge shorten events
before that; a shortened one says \`sbTruncated=1\` or \`"sb_truncated":1\`.

\`\`\`yaml
targets:
  qradar-leef:
    { kind: syslog, url: 'tcp://COLLECTOR:514', format: leef, hostname: ${identifier}, max_bytes: 4KiB }
  qradar-json:
    { kind: syslog, url: 'tcp://COLLECTOR:514', format: flat, hostname: '${identifier}-{type}', max_bytes: 4KiB }
\`\`\`

A longer limit needs a full deploy, which restarts event collection. Microsoft's record in \`raw+\` is never shortened: give it
32000 bytes.

## 5. Native payloads

\`siembridge native qradar\` writes them, one message a record, for: ${native.join(', ')}.

## 6. See that it works

Log Activity, filtered by the log source: the event names are those of the plan. \`Unknown\` means that a mapping is missing
(\`siembridge list qradar-unknowns\` prints rows for it), \`Stored\` that the payload was not parsed at all (cut, or another format).

## What IBM does not document

Nobody outside of IBM has a schema of extensions or of the bundles of Extensions Management. What was generated depends on none of the
open questions that \`siembridge verify qradar\` knows; the bundle of \`--experimental\` is made after public exports and was never
imported into a real QRadar by us. Whether DSMs parse payloads of cloud services over plain syslog as they do over IBM's own protocols
is plausible, and documented for the LEEF of Azure alone.
`
