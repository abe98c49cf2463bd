import type { ServiceNowGenerateOptions } from '../parsers/parser-commands.ts'
import { writeGenerated } from '../parsers/write-generated.ts'
import { ticketTarget } from '../tickets/ticket-target.ts'

/** `siembridge generate servicenow`: exit status. */
export async function generateServiceNow(options: ServiceNowGenerateOptions): Promise<number> {
  const { target } = await ticketTarget(options)
  const { generateUpdateSet } = await import('@siembridge/servicenow')
  return writeGenerated(generateUpdateSet(target.name, target.options), options)
}
