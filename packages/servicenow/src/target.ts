import type { Target } from '@siembridge/core'
import { check } from './check/check.ts'
import { ServiceNowDelivery } from './deliver.ts'
import { serviceNowOptions, type ServiceNowOptions } from './options.ts'

/** Alerts and incidents as ServiceNow tickets. */
export const serviceNowTarget: Target<ServiceNowOptions> = {
  kind: 'servicenow',
  title: 'ServiceNow (incident, security incident, event)',
  options: serviceNowOptions,
  semantics: 'state',
  formats: ['ecs'],
  receipt: () => 'stored',
  // Events that come again change nothing: the journal and the tickets themselves know their revisions.
  repeatWindow: ({ batch_bytes }) => 2 * batch_bytes,
  check,
  open: (context) => new ServiceNowDelivery(context).begin(),
}
