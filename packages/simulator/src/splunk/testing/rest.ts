import { readFileSync } from 'node:fs'
import { request as plain } from 'node:http'
import { request } from 'node:https'
import { administrator } from '../rest/users.ts'
import type { SimulatedSplunk } from '../splunk.ts'

export interface RestAnswered {
  readonly status: number
  /** The body, in the form that the test expects it in. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly json: any
}

interface Ask {
  readonly method?: string
  readonly form?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const basic = `Basic ${Buffer.from(`${administrator.user}:${administrator.password}`).toString('base64')}`

/** A request to the management port, or to Splunk Web where the path begins with a locale; as the administrator. */
export async function rest(
  splunk: SimulatedSplunk,
  path: string,
  { method, form, body, headers = {} }: Ask = {},
): Promise<RestAnswered> {
  const web = path.startsWith('/en-US/')
  const sent = form ? new URLSearchParams(form).toString() : body === undefined ? undefined : JSON.stringify(body)
  const options = {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: basic,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    agent: false as const,
  }
  return await new Promise((resolve, reject) => {
    const own = web
      ? plain(splunk.address.web + path, options)
      : request(splunk.address.management + path, { ...options, ca: readFileSync(splunk.address.caFile) })
    own.on('error', reject)
    own.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, json: parsed(text) }))
    })
    own.end(sent)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Waits until something holds; fails after ten seconds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const limit = Date.now() + 10_000
  while (!holds()) {
    if (Date.now() > limit) throw new Error(`${what} did not come about`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
