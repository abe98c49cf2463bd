import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { createAuthority } from '@siembridge/simulator'
import { describe, expect, test } from 'vitest'
import { lines, siembridge, Workspace } from '../cli/run.ts'
import { samples } from '../samples.ts'
import { hasLognormalizer, ours, theirs } from './lognormalizer.ts'

const ways = ['tcp', 'tls', 'relp'] as const
type Way = (typeof ways)[number]

/** The catalog's samples, and the files of a folder that SIEMBRIDGE_SAMPLES names; one record a line. */
const folder = process.env['SIEMBRIDGE_SAMPLES']
const records = folder
  ? readdirSync(folder)
      .filter((n) => n.endsWith('.ndjson'))
      .map((n) => readFileSync(join(folder, n), 'utf8'))
      .join('\n')
  : samples
      .map(({ bytes }) =>
        bytes
          .toString('utf8')
          .trim()
          .replace(/[\r\n]+/g, ' '),
      )
      .join('\n')

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const modules = (site: Workspace): string => `
global(workDirectory="${site.path}" maxMessageSize="64k" defaultNetstreamDriverCAFile="${site.path}/ca.pem"
  defaultNetstreamDriverCertFile="${site.path}/cert.pem" defaultNetstreamDriverKeyFile="${site.path}/key.pem")
module(load="imtcp")
module(load="imrelp")
template(name="seen" type="string" string="%syslogtag%%msg%\\n")
`

const inputs = (site: Workspace, ports: Readonly<Record<Way, number>>): string => `
${ways.map((way) => `ruleset(name="${way}") { action(type="omfile" file="${site.path}/${way}.log" template="seen") }`).join('\n')}
input(type="imtcp" address="127.0.0.1" port="${ports.tcp}" ruleset="tcp")
input(type="imtcp" address="127.0.0.1" port="${ports.tls}" ruleset="tls" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")
input(type="imrelp" address="127.0.0.1" port="${ports.relp}" ruleset="relp" maxDataSize="64k")
`

async function prepared(): Promise<{ site: Workspace; conf: string; ports: Record<Way, number> }> {
  const site = new Workspace()
  const authority = await createAuthority()
  const pair = await authority.issue({ subject: 'CN=localhost', names: ['localhost', '127.0.0.1'], usage: 'server' })
  site.file('ca.pem', authority.certificate)
  site.file('cert.pem', pair.certificate)
  site.file('key.pem', pair.privateKey)
  const ports = { tcp: await freePort(), tls: await freePort(), relp: await freePort() }
  return { site, conf: site.file('rsyslog.conf', modules(site) + inputs(site, ports)), ports }
}

/** rsyslogd says itself whether it can load what this needs. */
const ready = await (async () => {
  const { site, conf } = await prepared()
  using _ = site
  return spawnSync('rsyslogd', ['-N1', '-f', conf]).status === 0
})()

/** The agent says besides what happened to the object that a record is a revision of. */
const withoutChange = (line: string): string => line.replace(/ sbChange=(created|updated|unchanged)$/, '')

const configuration = (site: Workspace, ports: Readonly<Record<Way, number>>): string => `\
state: state
http: off
sources:
  - { kind: file, paths: ["${site.path}/records.ndjson"] }
targets:
  tcp: { kind: syslog, url: "tcp://127.0.0.1:${ports.tcp}", format: cef, hostname: bridge }
  tls: { kind: syslog, url: "tls://localhost:${ports.tls}", format: cef, hostname: bridge, ca: "file:${site.path}/ca.pem" }
  relp: { kind: syslog, url: "relp://127.0.0.1:${ports.relp}", format: cef, hostname: bridge }
routes:
  - { name: all, to: [tcp, tls, relp], own_events: false }
`

const name = ready
  ? 'the agent to rsyslog'
  : 'the agent to rsyslog (needs rsyslogd with rsyslog-relp and rsyslog-gnutls)'

describe.skipIf(!ready)(name, () => {
  test('each event arrives once by TCP, TLS and RELP, and what rsyslog wrote has the same fields', async () => {
    const { site, conf, ports } = await prepared()
    using _ = site
    site.file('records.ndjson', `${records}\n`)
    const config = site.file('siembridge.yaml', configuration(site, ports))
    const wanted = lines(
      (await siembridge(['convert', '--to', 'cef', '--max-bytes', '8160'], { stdin: records })).stdout,
    )
    const rsyslog = spawn('rsyslogd', ['-n', '-f', conf, '-i', join(site.path, 'pid')], { stdio: 'ignore' })
    const gone = once(rsyslog, 'close')
    const { status, stderr } = await siembridge(['run', '--once', '--config', config])
    const written = (way: Way): string[] => {
      const path = join(site.path, `${way}.log`)
      return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []
    }
    for (let turn = 0; turn < 500 && ways.some((way) => written(way).length < wanted.length); turn++) await rest(20)
    rsyslog.kill()
    await gone
    expect(status, stderr).toBe(0)
    for (const way of ways) {
      const bodies = written(way).map((line) => withoutChange(line.slice(line.indexOf('CEF:'))))
      expect(bodies.length, way).toBe(wanted.length)
      expect(bodies.toSorted().map(ours), way).toEqual(wanted.toSorted().map(ours))
      if (hasLognormalizer) expect(theirs(bodies.toSorted()), way).toEqual(wanted.toSorted().map(ours))
    }
  })
})
