import type { ParserKit } from '@siembridge/core'

/** Every SIEM that parser files can be generated for, by the name on the command line. */
export const parserKits: Readonly<Record<string, () => Promise<ParserKit>>> = {
  arcsight: async () => (await import('@siembridge/arcsight')).arcsightKit,
  qradar: async () => (await import('@siembridge/qradar')).qradarKit,
  splunk: async () => (await import('@siembridge/splunk/knowledge')).splunkKit,
}
