import type { ServiceNowGenerateOptions } from '../parsers/parser-commands.ts'
import { writeGenerated } from './generate.ts'
import { ticketTarget } from './tickets.ts'

/** `siembridge generate servicenow`: exit status. */
export async function generateServiceNow(options: ServiceNowGenerateOptions): Promise<number> {
  const { target } = await ticketTarget(options)
  const { generateUpdateSet } = await import('@siembridge/servicenow')
  return writeGenerated(generateUpdateSet(target.name, target.options), options)
}
