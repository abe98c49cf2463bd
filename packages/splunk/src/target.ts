import type { Target } from '@siembridge/core'
import { check } from './check.ts'
import { HecDelivery } from './deliver.ts'
import { formats, splunkHecOptions, type SplunkHecOptions } from './options.ts'

/** Envelopes to Splunk's HTTP Event Collector. */
export const splunkHecTarget: Target<SplunkHecOptions> = {
  kind: 'splunk-hec',
  title: 'Splunk HTTP Event Collector',
  options: splunkHecOptions,
  formats,
  receipt: ({ acknowledge }) => (acknowledge ? 'stored' : 'accepted'),
  repeatWindow: ({ batch_bytes, in_flight }) => batch_bytes * in_flight,
  check,
  open: (context) => Promise.resolve(new HecDelivery(context)),
}
