/**
 * What to do about an error of the Management Activity API. `again`, `throttled`: the transport makes the request again. `start`: start
 * the subscription; `start-once`: the same, but only once. `good`: nothing is wrong. `gone`: the blob is lost. `relist`: begin the
 * window anew. `times`: the window was wrong, perhaps by this machine's clock. `permission`, `stop`: someone has to act.
 */
export type FeedAction =
  | 'again'
  | 'throttled'
  | 'start'
  | 'start-once'
  | 'good'
  | 'gone'
  | 'relist'
  | 'times'
  | 'permission'
  | 'stop'

export interface FeedCode {
  readonly means: string
  readonly action: FeedAction
}

/**
 * Codes of the Management Activity API reference; AF20024, AF50005 and AF50006 are not in it and come from what other collectors met.
 */
export const feedCodes: Readonly<Record<string, FeedCode>> = {
  AF10001: { means: 'the permission ActivityFeed.Read is missing', action: 'permission' },
  AF20001: { means: 'a parameter is missing', action: 'stop' },
  AF20002: { means: 'a parameter has the wrong type', action: 'stop' },
  AF20003: { means: 'the expiration is in the past', action: 'stop' },
  AF20010: { means: 'the tenant of the address is not the tenant of the token', action: 'stop' },
  AF20011: { means: 'the tenant does not exist or was deleted', action: 'stop' },
  AF20012: { means: 'the tenant is configured incorrectly', action: 'stop' },
  AF20013: { means: 'the tenant id is no GUID', action: 'stop' },
  AF20020: { means: 'the content type does not exist', action: 'stop' },
  AF20021: { means: 'the webhook could not be validated', action: 'stop' },
  AF20022: { means: 'there is no subscription to the content type', action: 'start' },
  AF20023: { means: 'the subscription was disabled', action: 'start-once' },
  AF20024: { means: 'the subscription is enabled already', action: 'good' },
  AF20030: { means: 'the time range is not allowed', action: 'times' },
  AF20031: { means: 'the next page is not valid', action: 'relist' },
  AF20050: { means: 'the content does not exist', action: 'gone' },
  AF20051: { means: 'the content expired', action: 'gone' },
  AF20052: { means: 'the content id is not valid', action: 'gone' },
  AF20053: { means: 'Accept-Language names several languages', action: 'stop' },
  AF20054: { means: 'Accept-Language cannot be read', action: 'stop' },
  AF20055: { means: 'the time range is not allowed', action: 'times' },
  AF429: { means: 'too many requests', action: 'throttled' },
  AF50000: { means: 'an internal error', action: 'again' },
  AF50005: { means: 'an internal error', action: 'again' },
  AF50006: { means: 'an internal error', action: 'again' },
}
