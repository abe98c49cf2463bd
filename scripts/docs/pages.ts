import { arcsightPage } from './arcsight.ts'
import { cimPage } from './cim.ts'
import { errorsPage } from './errors.ts'
import { fieldsPage } from './fields.ts'
import { filterPage } from './filter.ts'
import { formatsPage } from './formats.ts'
import { qradarPage } from './qradar.ts'
import { serviceNowPage } from './servicenow.ts'
import { splunkMigrationPage } from './splunk-migration.ts'
import { logTypesPage, servicePage, services } from './log-types.ts'

/** Every generated page by its path below docs/. */
export async function pages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['arcsight.md', arcsightPage()],
    ['cim.md', cimPage()],
    ['errors.md', errorsPage()],
    ['fields.md', fieldsPage()],
    ['filter.md', await filterPage()],
    ['formats.md', await formatsPage()],
    ['qradar.md', qradarPage()],
    ['servicenow.md', serviceNowPage()],
    ['splunk-migration.md', splunkMigrationPage()],
    ['log-types.md', logTypesPage()],
    ...services.map((service) => [`log-types/${service}.md`, servicePage(service)] as const),
  ])
}
