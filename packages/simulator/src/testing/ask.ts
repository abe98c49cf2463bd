import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { defaultClientId, defaultSecret, defaultTenantId } from '../defaults.ts'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { CloudAddress } from '../cloud.ts'

export interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body, in the form that the test expects it in. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters
  readonly json: <T = Record<string, unknown>>() => T
}

interface AskOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One HTTPS request to the cloud, which trusts its authority alone. */
export async function ask(cloud: CloudAddress, url: string, options: AskOptions = {}): Promise<Answered> {
  const { method = 'GET', headers = {}, body } = options
  return await new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, ca: readFileSync(cloud.caFile), agent: false }, (response) => {
      readAll(response).then(resolve, reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function readAll(response: IncomingMessage): Promise<Answered> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return { status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) }
}

/** A bearer token of the default application. */
export async function tokenFor(cloud: CloudAddress, service: 'graph' | 'manage' | 'vault'): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: defaultClientId,
    client_secret: defaultSecret,
    scope: `https://localhost:${cloud.ports[service]}/.default`,
  })
  const url = `https://localhost:${cloud.ports.login}/${defaultTenantId}/oauth2/v2.0/token`
  const answered = await ask(cloud, url, { method: 'POST', body: form.toString() })
  return answered.json<{ access_token: string }>().access_token
}

/** A client of Graph: takes a path below the host, or a next link. */
export async function graphClient(cloud: CloudAddress): Promise<(path: string, prefer?: string) => Promise<Answered>> {
  const authorization = `Bearer ${await tokenFor(cloud, 'graph')}`
  return (path, prefer) => {
    const url = path.startsWith('https:') ? path : `https://localhost:${cloud.ports.graph}${path}`
    return ask(cloud, url, { headers: { authorization, ...(prefer === undefined ? {} : { prefer }) } })
  }
}

interface GraphPage {
  readonly value: readonly Record<string, unknown>[]
  readonly '@odata.nextLink'?: string
}

/** All records of a collection, page after page. */
export async function readPages(get: (path: string) => Promise<Answered>, path: string): Promise<GraphPage['value'][]> {
  const pages: GraphPage['value'][] = []
  for (let next: string | undefined = path; next !== undefined;) {
    const page: GraphPage = (await get(next)).json<GraphPage>()
    pages.push(page.value)
    next = page['@odata.nextLink']
  }
  return pages
}

/** A client of the Management Activity API for the default tenant. */
export async function activityClient(
  cloud: CloudAddress,
): Promise<(path: string, method?: string) => Promise<Answered>> {
  const authorization = `Bearer ${await tokenFor(cloud, 'manage')}`
  const base = `https://localhost:${cloud.ports.manage}/api/v1.0/${defaultTenantId}/activity/feed`
  return (path, method = 'GET') =>
    ask(cloud, path.startsWith('https:') ? path : `${base}${path}`, { method, headers: { authorization } })
}
