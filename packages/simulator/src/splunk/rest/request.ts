/** A request to splunkd's management port, its form or JSON body read. */
export interface RestRequest {
  readonly method: string
  /** Below /services or /servicesNS/OWNER/APP, decoded, without a slash at either end. */
  readonly path: readonly string[]
  /** Namespace; `-` for any. */
  readonly app: string
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly body: string
}

export interface RestAnswer {
  readonly status: number
  readonly json: unknown
}

/** One object as splunkd lists it. */
export interface RestEntry {
  readonly name: string
  readonly content: Readonly<Record<string, unknown>>
  readonly app?: string
}

export const listed = (entries: readonly RestEntry[], status = 200): RestAnswer => ({
  status,
  json: {
    links: {},
    entry: entries.map(({ name, content, app = 'search' }) => ({
      name,
      id: name,
      author: 'nobody',
      acl: { app, owner: 'nobody', sharing: 'app' },
      content,
    })),
    paging: { total: entries.length, perPage: 30, offset: 0 },
    messages: [],
  },
})

export const refused = (status: number, text: string, type = 'ERROR'): RestAnswer => ({
  status,
  json: { messages: [{ type, text }] },
})

export const notFound = (what: string): RestAnswer => refused(404, `Could not find object id=${what}`)
