import type { ApplyKit } from '@siembridge/core'

/** Every target that can be set up over its own API, by the name on the command line. */
export const applyKits: Readonly<Record<string, () => Promise<ApplyKit>>> = {
  qradar: async () => (await import('@siembridge/qradar')).qradarApply,
}
