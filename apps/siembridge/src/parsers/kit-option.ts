import type { KitOption } from '@siembridge/core'
import { Option } from 'commander'

/** An option that a kit declares, as commander takes it. */
export function kitOption({ flags, help, choices, preset, mandatory }: KitOption): Option {
  const option = new Option(flags, help).makeOptionMandatory(mandatory ?? false)
  if (choices) option.choices(choices)
  return preset === undefined ? option : option.default(preset)
}
