import { exemptions } from '../cim/exemptions.ts'
import { knowledgeApp } from './app-files.ts'
import type { KnowledgePlan } from './plan.ts'

/** README of a generated folder: how to install it, and what the data models do not get. */
export function stepsText(plans: readonly KnowledgePlan[], compatible: readonly string[]): string {
  const types = new Set(plans.map(({ type }) => type))
  const exempt = exemptions.filter(({ type }) => types.has(type))
  return `# Splunk knowledge objects

\`${knowledgeApp}/\` is an app without a page of its own: sourcetypes, CIM fields, event types, tags, a lookup and a macro.

1. Copy the folder to \`$SPLUNK_HOME/etc/apps\` of every search head, and of the indexers or heavy forwarders on which events
   arrive through a modular input or the collector's raw endpoint; with a deployer or a cluster manager, to its apps instead. For
   Splunk Cloud, pack it: \`tar czf ${knowledgeApp}.spl ${knowledgeApp}\`, and upload it as a private app.
2. Restart Splunk, or open \`/debug/refresh\` on a search head.
3. Send events as \`hec-flat\`. Records under the sourcetypes of other add-ons (format \`hec\`) stay with the fields of those.
4. Search \`sourcetype="siembridge:*" | stats count by sourcetype, eventtype, tag\`.

After an unclean stop of a sender the same events can come again, with the same id: \`… | \\\`siembridge_dedup\\\`\` leaves each once.

${compatible.length === 0 ? '' : `Whole lines of JSON are also set for: ${compatible.join(', ')}. Leave them out (no \`--compatible-props\`) where their own add-on is installed.\n\n`}## What is in no data model

${listed(plans.filter(({ without }) => without !== undefined).map(({ type, without }) => `\`${type}\`: ${without}`))}
Their fields are there to search, by CIM name and by flat key.

## Required fields that Microsoft does not give

CIM shows \`unknown\` there.

${listed(exempt.map(({ type, model, fields, reason }) => `\`${type}\`, ${model}: ${fields.join(', ')}: ${reason}`))}
## Limits of Splunk

Automatic extraction reads the first 10,240 characters and 100 fields of an event (\`[kv]\` in limits.conf, which an app may not
set). The keys that the data models read stand first in every line, members of more than 1,024 characters last. Where you search those, raise
\`maxchars\` and \`limit\`.
`
}

const listed = (lines: readonly string[]): string =>
  lines.length === 0 ? 'Nothing.\n' : lines.map((line) => `- ${line}\n`).join('')
