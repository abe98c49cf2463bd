import { SiembridgeError } from '@siembridge/core'
import type { ConfiguredTarget } from '@siembridge/core/config'
import type { ServiceNowOptions } from '@siembridge/servicenow'
import { configFor } from '../agent/config-file.ts'

export interface TicketOptions {
  readonly config?: string
  readonly target?: string
  readonly json?: boolean
}

/** The target of a configuration that makes tickets: the named one, or the only one. */
export async function ticketTarget({ config: named, target: name }: TicketOptions) {
  const config = await configFor(named)
  const targets = config.targets.filter(({ kind }) => kind === 'servicenow')
  const target = name === undefined && targets.length === 1 ? targets[0] : targets.find((one) => one.name === name)
  if (!target && name !== undefined) throw new SiembridgeError('TargetUnknown', name)
  if (!target)
    throw new SiembridgeError(
      'UsageWrong',
      `there are ${targets.length} targets of kind servicenow: name one with --target`,
    )
  return { config, target: target as ConfiguredTarget & { readonly options: ServiceNowOptions } }
}
