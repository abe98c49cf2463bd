import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { RecordReader } from '@siembridge/core'
import { createHttp, type Http } from '@siembridge/core/http'
import { type Cloud, defaultClientId, defaultSecret, defaultTenantId, type Obligation } from '@siembridge/simulator'
import { sha256 } from './observer.ts'

const attempts = 6

/** Records of the Management Activity API, read from the cloud without the agent; by the hash of their bytes. */
export async function recordsOfBlobs(cloud: Cloud, rows: readonly Obligation[]): Promise<Map<string, string>> {
  const http = createHttp({ ca: readFileSync(cloud.address.caFile, 'utf8'), noProxy: '*' })
  try {
    const token = await tokenOf(http, cloud)
    const records = new Map<string, string>()
    for (const id of new Set(rows.flatMap(({ blobs }) => blobs.slice(0, 1))))
      for (const record of await blob(http, cloud, token, id)) records.set(sha256(record), record)
    return records
  } finally {
    await http.close()
  }
}

async function tokenOf(http: Http, cloud: Cloud): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: defaultClientId,
    client_secret: defaultSecret,
    scope: `${cloud.url('manage')}/.default`,
  })
  const { body } = await http.request({
    method: 'POST',
    url: `${cloud.url('login')}/${defaultTenantId}/oauth2/v2.0/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    deadlineMs: 10_000,
  })
  return (JSON.parse(body.toString()) as { access_token: string }).access_token
}

/** The cloud's faults do not spare us: asked again until the answer is whole. */
async function blob(http: Http, cloud: Cloud, token: string, id: string): Promise<string[]> {
  const url = `${cloud.url('manage')}/api/v1.0/${defaultTenantId}/activity/feed/audit/${encodeURIComponent(id)}`
  const headers = { authorization: `Bearer ${token}` }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const answer = await http.request({ method: 'GET', url, headers, deadlineMs: 10_000 }).catch(() => undefined)
    if (answer?.status === 200 && answer.body.at(-1) === 0x5d) return cut(answer.body)
    await delay(200)
  }
  return []
}

/** Records as they stand in the answer. */
function cut(body: Buffer): string[] {
  const records: string[] = []
  const reader = new RecordReader(
    { record: (bytes) => (records.push(bytes.toString('utf8')), true), problem: () => undefined },
    1 << 24,
  )
  reader.push(body)
  reader.end()
  return records
}
