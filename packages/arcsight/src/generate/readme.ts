import type { LogType } from '@siembridge/catalog'
import { baseOf } from './paths.ts'

/** The steps, as they stand in the generated folder. */
export const readmeText = (
  types: readonly LogType[],
  trigger: string,
  mapPath: string,
): string => `# SIEMbridge parsers for ArcSight

Copy \`flexagent\` and \`acp\` of this folder to \`$ARCSIGHT_HOME/user/agent\`; \`$ARCSIGHT_HOME\` is the connector's folder that ends in
\`current\`. Then restart the connector. After that, look for \`ERROR\`, \`FATAL\` and \`WARN\` in \`$ARCSIGHT_HOME/logs/agent.log\`.
\`siembridge verify arcsight <this folder> --input <records>\` runs the files over records beforehand.

Which field goes where, what is cut and what is not carried stands in [report.md](report.md), as data in \`report.json\`.

## What a parser reads

\`siembridge_<log type>\`: SIEMbridge's flat form, whatever way the record came. These carry everything that the CEF of the
same event carries, into the same event fields. The fields that CEF has no room for go out as additional data.

\`siembridge_raw_<log type>_<shape>\`: Microsoft's record as it is, for events that do not pass the bridge. FlexConnector cannot look into
lists and cannot read Microsoft's times, so these carry less; the report says what.

Each event is at \`${trigger}\` in its document; \`siembridge generate arcsight --trigger\` writes parsers for another place.

## JSON Folder Follower

1. Let the bridge write documents:

   \`\`\`yaml
   targets:
     arcsight:
       kind: arcsight-folder
       path: /var/spool/siembridge/arcsight
   \`\`\`

   Every log type has a folder below it, and every event is a file.
2. Install the connector, product type *ArcSight FlexConnector JSON Folder Follower*. Add one folder a log type, with the files \`*.json\`, and
   let it rename or delete what it has read. Only files it has not read count for the bridge's limit.
3. Configuration File is the name without \`.jsonparser.properties\`:

${types.map(({ id }) => `   - \`${id}\`: \`${baseOf(id)}\``).join('\n')}

## REST FlexConnector

For an endpoint that answers with JSON. Product type *ArcSight FlexConnector REST*; Configuration File as above; Events URL the endpoint's,
with \`$START_AT_TIME\` where it takes a time. An answer with several events in a list wants parsers written with
\`--trigger /records\` or \`--trigger /value\`.

## Syslog sub-agent

For flat JSON that comes to a syslog connector (\`kind: syslog\`, \`format: flat\`). \`flexagent/syslog/siembridge.subagent.sdkrfilereader.properties\` finds the
log type and hands the JSON to its parser; it is written where events are at \`/\`. List it in \`agent.properties\`
(\`agents[0].usecustomsubagentlist=true\`, \`agents[0].customsubagentlist\`).

What is known of this way is not good: the JSON goes through \`event.rawEvent\`, which holds 4000 characters, and published parsers tell that the connector's JSON reader
stumbles over backslashes. Prefer CEF over syslog (\`kind: syslog\`, \`format: cef\`), which needs no parser at all.

## Categories

\`acp/categorizer/current/microsoft/<product>.csv\` gives each signature its categories. Whether an event succeeded, the parsers tell
by \`eventOutcome\`; for CEF over syslog, the map file \`${mapPath}\` does. A connector reads \`map/map.<n>.properties\` with numbers that follow on
each other from 0: copy it there under the next free number, or let \`--map-number\` write it there.
`
