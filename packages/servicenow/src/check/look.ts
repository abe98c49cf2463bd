import type { Clock, Finding } from '@siembridge/core'
import type { Client } from '../client/client.ts'
import type { ServiceNowOptions } from '../options.ts'
import type { References } from '../schema/references.ts'
import type { TableSchema } from '../schema/schema.ts'

/** What the parts of the pre-flight work with. */
export interface Look {
  readonly client: Client
  readonly options: ServiceNowOptions
  readonly references: References
  readonly clock: Clock
  /** Roles of the bridge's user; undefined where they cannot be read. */
  readonly roles: ReadonlySet<string> | undefined
  readonly schemas: ReadonlyMap<string, TableSchema>
}

export const bad = (subject: string, says: string, help: string): Finding => ({ subject, is: 'bad', says, help })
export const warning = (subject: string, says: string, help: string): Finding => ({
  subject,
  is: 'warning',
  says,
  help,
})
export const good = (subject: string, says: string): Finding => ({ subject, is: 'good', says })

/** Texts for a list in a sentence, not too many. */
export const listed = (texts: readonly string[], most = 12): string =>
  texts.length <= most ? texts.join(', ') : `${texts.slice(0, most).join(', ')} and ${texts.length - most} more`
