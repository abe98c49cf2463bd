import type { Target } from '@siembridge/core'
import { check } from './check.ts'
import { HttpDelivery } from './deliver.ts'
import { formats, httpTargetOptions, type HttpTargetOptions } from './options.ts'

/** JSON events to any HTTPS endpoint. */
export const httpTarget: Target<HttpTargetOptions> = {
  kind: 'https',
  title: 'HTTPS endpoint (NDJSON or JSON array)',
  options: httpTargetOptions,
  formats,
  receipt: () => 'accepted',
  repeatWindow: ({ batch_bytes, in_flight }) => batch_bytes * in_flight,
  check,
  open: (context) => Promise.resolve(new HttpDelivery(context)),
}
