/**
 * What is done about an answer. `rejected`: an event is bad, or there are too many in the request. `configuration`: nothing is
 * wrong with the events; a person must mend something, and until then they wait.
 */
export type Action = 'delivered' | 'retry' | 'rejected' | 'configuration'

const special: Readonly<Record<number, Action>> = {
  401: 'configuration',
  403: 'configuration',
  404: 'configuration',
  405: 'configuration',
  407: 'configuration',
  408: 'retry',
  410: 'configuration',
  415: 'configuration',
  421: 'retry',
  425: 'retry',
  429: 'retry',
}

/** By HTTP status (RFC 9110 section 15, RFC 6585). A redirect would carry the credentials elsewhere: it is not followed. */
export function actionOf(status: number): Action {
  if (status >= 200 && status < 300) return 'delivered'
  if (status < 400) return 'configuration'
  return special[status] ?? (status >= 500 ? 'retry' : 'rejected')
}
