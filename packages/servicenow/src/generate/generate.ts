import type { Finding, OutputFile } from '@siembridge/core'
import type { ServiceNowOptions } from '../options.ts'
import { tablesOf } from '../prepare.ts'
import { importSetRecords } from './records.ts'
import { updateSetXml } from './update-set.ts'

/** Files that set an instance up for `api: import-set`, made from a target's rules: an update set, and what to do with it. */
export function generateUpdateSet(
  target: string,
  options: ServiceNowOptions,
): { readonly files: readonly OutputFile[]; readonly findings: readonly Finding[] } {
  const name = `SIEMbridge ${target}`
  const tables = tablesOf(options)
  const records = importSetRecords(options)
  const description = `Staging table ${options.staging_table} and transform maps to ${tables.join(', ')} for the target ${target}`
  const events = options.rules.filter(({ record }) => record === 'em_event').map((rule) => rule.name)
  return {
    files: [
      { path: 'update-set.xml', content: updateSetXml(name, description, records) },
      { path: 'STEPS.md', content: steps(name, options, tables) },
    ],
    findings: events.map((rule) => ({
      subject: `rule ${rule}`,
      is: 'warning',
      says: 'sends events: they do not go through an import set',
      help: 'Keep a target with api: table for it.',
    })),
  }
}

const steps = (
  name: string,
  { staging_table: staging }: ServiceNowOptions,
  tables: readonly string[],
): string => `# ${name}: import set

What is in \`update-set.xml\`: the staging table \`${staging}\`, and a transform map for each of ${tables.map((table) => `\`${table}\``).join(', ')} that
finds a ticket by \`correlation_id\` (coalesce) and leaves rows of other tables alone.

1. In a test instance first: System Update Sets > Retrieved Update Sets > Import Update Set from XML, choose \`update-set.xml\`.
2. Open "${name}", Preview Update Set, look at what it says, Commit Update Set.
3. Give the bridge's user the role import_set_loader besides the roles that it has, and access to the staging table.
4. In the bridge's configuration: \`api: import-set\` and \`staging_table: ${staging}\` at the target.
5. \`siembridge check\`: it looks whether the maps are there, active, coalesce on correlation_id, and have every field of the rules.

Make the update set anew when the rules fill other fields; loading it again changes what is there in place. ServiceNow does not publish the form of
update sets: this one has the parts that exported ones have. Notes that do not fit into one, links of duplicates, attachments and events of Event
Management still go by their own APIs.
`
