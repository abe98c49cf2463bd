/**
 * What is done about an answer. `rejected`: an event is bad, the others are not. `configuration`: nothing is wrong with the
 * events; a person must mend something, and until then they wait.
 */
export type Action = 'delivered' | 'retry' | 'rejected' | 'configuration'

export interface CollectorCode {
  readonly http: number
  readonly text: string
  readonly action: Action
  /** What a person does about it. */
  readonly help?: string
}

const token = 'Enable the token, or correct it: Settings > Data inputs > HTTP Event Collector.'
const acknowledgement = 'Make the option acknowledge agree with the token: "Enable indexer acknowledgement".'

/** Answers of the HTTP Event Collector by their code (Splunk, "Troubleshoot HTTP Event Collector", 0 to 22). */
export const collectorCodes: Readonly<Record<number, CollectorCode>> = {
  0: { http: 200, text: 'Success', action: 'delivered' },
  1: { http: 403, text: 'Token disabled', action: 'configuration', help: token },
  2: { http: 401, text: 'Token is required', action: 'configuration', help: token },
  3: { http: 401, text: 'Invalid authorization', action: 'configuration', help: token },
  4: { http: 403, text: 'Invalid token', action: 'configuration', help: token },
  5: { http: 400, text: 'No data', action: 'rejected' },
  6: { http: 400, text: 'Invalid data format', action: 'rejected' },
  7: {
    http: 400,
    text: 'Incorrect index',
    action: 'rejected',
    help: 'Let the token write to that index, or make the index.',
  },
  8: { http: 500, text: 'Internal server error', action: 'retry' },
  9: { http: 503, text: 'Server is busy', action: 'retry' },
  10: { http: 400, text: 'Data channel is missing', action: 'configuration', help: acknowledgement },
  11: { http: 400, text: 'Invalid data channel', action: 'configuration', help: acknowledgement },
  12: { http: 400, text: 'Event field is required', action: 'rejected' },
  13: { http: 400, text: 'Event field cannot be blank', action: 'rejected' },
  14: { http: 400, text: 'ACK is disabled', action: 'configuration', help: acknowledgement },
  15: { http: 400, text: 'Error in handling indexed fields', action: 'rejected' },
  16: { http: 400, text: 'Query string authorization is not enabled', action: 'configuration', help: token },
  17: { http: 200, text: 'HEC is healthy', action: 'retry' },
  18: { http: 503, text: 'HEC is unhealthy, queues are full', action: 'retry' },
  19: { http: 503, text: 'HEC is unhealthy, ack service unavailable', action: 'retry' },
  20: { http: 503, text: 'HEC is unhealthy, queues are full, ack service unavailable', action: 'retry' },
  21: { http: 400, text: 'Invalid token', action: 'configuration', help: token },
  22: { http: 400, text: 'Token disabled', action: 'configuration', help: token },
}

/** Answers without a code that is known, by HTTP status: those of proxies, load balancers and of restarts. */
const statuses: Readonly<Record<number, Action>> = {
  400: 'rejected',
  401: 'configuration',
  403: 'configuration',
  404: 'retry',
  408: 'retry',
  413: 'rejected',
  429: 'retry',
}

/**
 * What is done about an answer. Splunk answers 429 in place of 503 with `backpressureState`, and codes from 23 on mean that it
 * shuts down. A 200 that is not the collector's own is no receipt: a proxy or another service said it.
 */
export function actionOf(status: number, code: number | undefined): Action {
  if (status === 429) return 'retry'
  const known = code === undefined ? undefined : collectorCodes[code]
  if (known && (known.http === status || status >= 400)) return known.action
  return statuses[status] ?? (status >= 500 ? 'retry' : 'configuration')
}
