/** What Splunk Web answers. */
export interface WebAnswer {
  readonly status: number
  readonly type?: string
  readonly body?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
}

export const redirect = (location: string, cookies: readonly string[] = []): WebAnswer => ({
  status: 303,
  headers: { location, ...(cookies.length > 0 && { 'set-cookie': cookies }) },
})

export const page = (body: string, status = 200): WebAnswer => ({ status, type: 'text/html; charset=utf-8', body })
export const script = (body: string): WebAnswer => ({
  status: 200,
  type: 'application/javascript; charset=utf-8',
  body,
})
export const missing = (what: string): WebAnswer =>
  page(`<!doctype html><title>404</title><p>Page not found: ${escaped(what)}`, 404)
export const jsonAnswer = (status: number, json: unknown): WebAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(json),
})

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
