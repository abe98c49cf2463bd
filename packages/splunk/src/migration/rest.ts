/** A request to splunkd as data: it can be shown before it is made. The owner is always `nobody`. */
export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Namespace; `-` for every app. */
  readonly app: string
  /** Below the namespace, its parts percent-encoded, such as `configs/conf-inputs`. */
  readonly endpoint: string
  readonly query?: Readonly<Record<string, string>>
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>
}

export interface RestAnswer {
  /** HTTP status. */
  readonly status: number
  /** Parsed body; undefined where there is none or it is not JSON. */
  readonly json: unknown
}

/** Makes a request with `output_mode=json`. Answers whatever the status; rejects where nobody answers. */
export type Ask = (request: RestRequest) => Promise<RestAnswer>

/** Path and query of a request on splunkd's management port, or behind `/LOCALE/splunkd/__raw` of Splunk Web. */
export function restPath({ app, endpoint, query = {} }: RestRequest): string {
  const search = new URLSearchParams({ output_mode: 'json', ...query })
  return `/servicesNS/nobody/${encodeURIComponent(app)}/${endpoint}?${search.toString()}`
}

/** One object as splunkd lists it (Splunk, REST API Reference). */
export interface RestEntry {
  readonly name: string
  readonly app: string
  readonly settings: Readonly<Record<string, string>>
}

interface Listing {
  readonly entry?: readonly {
    readonly name?: unknown
    readonly acl?: { readonly app?: unknown }
    readonly content?: Readonly<Record<string, unknown>>
  }[]
}

/** Entries of a listing, their settings as text; those that splunkd adds itself are left out. */
export const entriesOf = ({ json }: RestAnswer): readonly RestEntry[] =>
  ((json as Listing | undefined)?.entry ?? []).flatMap(({ name, acl, content = {} }) =>
    typeof name === 'string' ? [{ name, app: text(acl?.app) ?? '', settings: settingsOf(content) }] : [],
  )

const settingsOf = (content: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(content).flatMap(([key, value]) => {
      const said = key.startsWith('eai:') ? undefined : text(value)
      return said === undefined ? [] : [[key, said]]
    }),
  )

const text = (value: unknown): string | undefined => {
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** What splunkd says of a request that it refused. */
export function refusalText({ status, json }: RestAnswer): string {
  const { messages } = (json ?? {}) as { readonly messages?: readonly { readonly text?: unknown }[] }
  return text(messages?.[0]?.text) ?? `status ${status}`
}

/** Whether a setting of a `.conf` is on (Splunk, "Configuration file syntax"). */
export const isOn = (value: string | undefined): boolean => /^(?:1|true|t|yes|y)$/i.test(value ?? '')
