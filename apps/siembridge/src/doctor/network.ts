import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import type { TenantOptions } from '@siembridge/azure'
import type { Finding } from '@siembridge/core'
import type { Config } from '@siembridge/core/config'
import type { Http } from '@siembridge/core/http'
import { badFinding } from '../agent/findings.ts'
import { spanText } from './texts.ts'

/** Entra refuses signed assertions of a clock that is five minutes off. */
const mostSkewMs = 120_000

/** For each tenant: its hosts by name, TLS through the proxy, and the clock. */
export async function* networkFindings({ tenants }: Config<TenantOptions>): AsyncGenerator<Finding> {
  const [{ clouds }, { createHttp }] = await Promise.all([import('@siembridge/azure'), import('@siembridge/core/http')])
  for (const [name, options] of Object.entries(tenants)) {
    const { proxy, no_proxy: noProxy, ca } = options
    const hosts = { ...clouds[options.cloud].hosts, ...options.hosts }
    const origins = [hosts.login, hosts.graph, hosts.manage].filter((host): host is string => (host ?? '') !== '')
    const proxied = proxy ?? process.env['HTTPS_PROXY'] ?? process.env['https_proxy']
    if (proxied !== undefined) yield proxyFinding(name, proxied)
    const http = createHttp({ proxy, noProxy, ca: ca === undefined ? undefined : readPem(ca) })
    try {
      for (const origin of new Set(origins)) yield* hostFindings(http, origin, proxied !== undefined)
    } finally {
      await http.close()
    }
  }
}

function readPem(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    // The token check says what is wrong with it.
    return undefined
  }
}

function proxyFinding(tenant: string, proxy: string): Finding {
  const subject = `proxy for tenant ${tenant}`
  const url = URL.parse(proxy)
  if (!url) return { subject, is: 'bad', says: 'is no URL', help: 'Write http://HOST:PORT.' }
  return { subject, is: 'good', says: `${url.protocol}//${url.host}` }
}

async function* hostFindings(http: Http, origin: string, proxied: boolean): AsyncGenerator<Finding> {
  const { hostname } = new URL(origin)
  // Behind a proxy it is the proxy that resolves.
  if (!proxied) {
    const resolved = await resolves(hostname)
    yield resolved
    if (resolved.is === 'bad') return
  }
  yield* reaches(http, origin)
}

async function resolves(hostname: string): Promise<Finding> {
  const subject = `name ${hostname}`
  try {
    const { address } = await lookup(hostname)
    return { subject, is: 'good', says: `resolves to ${address}` }
  } catch (error) {
    const help = `Look at /etc/resolv.conf and the name server: getent hosts ${hostname}. Behind a proxy set \`proxy\`.`
    return { subject, is: 'bad', says: (error as NodeJS.ErrnoException).code ?? 'does not resolve', help }
  }
}

async function* reaches(http: Http, origin: string): AsyncGenerator<Finding> {
  const subject = `TLS to ${origin}`
  try {
    const { status, headers } = await http.request({ method: 'HEAD', url: `${origin}/`, deadlineMs: 20_000 })
    yield { subject, is: 'good', says: `trusted, answers ${status}` }
    const skew = Date.now() - Date.parse(headers['date'] ?? '')
    if (!Number.isNaN(skew)) yield clockFinding(origin, skew)
  } catch (error) {
    yield badFinding(subject, error)
  }
}

function clockFinding(origin: string, skew: number): Finding {
  const subject = `clock against ${new URL(origin).hostname}`
  const says = Math.abs(skew) < 2000 ? 'agrees' : `${spanText(Math.abs(skew))} ${skew > 0 ? 'ahead' : 'behind'}`
  if (Math.abs(skew) < mostSkewMs) return { subject, is: 'good', says }
  return { subject, is: 'bad', says, help: 'Let chrony or systemd-timesyncd set it: timedatectl status.' }
}
