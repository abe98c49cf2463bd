import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliverAll, open } from '../testing/context.ts'

const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0
const hasRsyslog = has('rsyslogd', '-v')
const folder = mkdtempSync(join(tmpdir(), 'siembridge-rsyslog-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** rsyslog's modules lie where the distribution puts them; it says itself whether it can load one. */
function loads(name: string, configuration: string): boolean {
  const file = join(folder, `${name}.conf`)
  writeFileSync(file, `${configuration}\n*.* ${folder}/nothing\n`)
  return hasRsyslog && has('rsyslogd', '-N1', '-f', file)
}

const suite = (what: string, there: boolean, needs: string): [boolean, string] => [
  !there,
  there ? what : `${what} (needs ${needs})`,
]

const template = 'template(name="seen" type="string" string="%rawmsg-after-pri%\\n")\n'
const write = `ruleset(name="write") { action(type="omfile" file="${folder}/OUT" template="seen") }\n`

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts rsyslogd with an input on a port, and waits until it listens. */
async function rsyslog(
  out: string,
  head: string,
  input: (port: number) => string,
  port: number,
): Promise<{ stop(): Promise<void>; lines(): string[] }> {
  const file = join(folder, `${out}.conf`)
  const globals = `global(workDirectory="${folder}" maxMessageSize="64k"${head.startsWith('default') ? ` ${head}` : ''})\n`
  const modules = head.startsWith('default') ? '' : head
  writeFileSync(file, globals + modules + template + write.replace('OUT', out) + input(port))
  const child = spawn('rsyslogd', ['-n', '-f', file, '-i', join(folder, `${out}.pid`)], { stdio: 'ignore' })
  const gone = once(child, 'close')
  while (!has('bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`)) {
    if (child.exitCode !== null) throw new Error(`rsyslogd did not start: ${String(child.exitCode)}`)
    await rest(20)
  }
  const path = join(folder, out)
  return {
    stop: async () => {
      child.kill()
      await gone
    },
    lines: () => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []),
  }
}

const parcels = Array.from({ length: 20 }, (_, n) =>
  Array.from({ length: 50 }, (_, at) => `<134>Jan  2 03:04:05 bridge CEF:0|Contoso|Audit|1|${n}.${at}|event ä|5|`),
)
const wanted = parcels.flat().map((text) => text.replace(/^<134>/, ''))

/** Delivers half, stops and starts the receiver, delivers the rest: all of it must be there, the repeats are few. */
async function overRestart(
  url: (port: number) => string,
  out: string,
  head: string,
  input: (port: number) => string,
  more: Record<string, unknown> = {},
): Promise<void> {
  const port = await freePort()
  const delivery = await open({ url: url(port), ...more })
  const first = await rsyslog(out, head, input, port)
  await deliverAll(delivery, parcels.slice(0, 10), () => undefined, rest)
  await first.stop()
  const second = await rsyslog(out, head, input, port)
  await deliverAll(
    delivery,
    parcels.slice(10),
    () => undefined,
    (ms) => rest(ms / 20),
  )
  await delivery.close()
  while (new Set(second.lines()).size < wanted.length) await rest(20)
  await second.stop()
  expect([...new Set(second.lines())]).toEqual(wanted)
}

const [noTcp, tcp] = suite('rsyslog over TCP', hasRsyslog, 'rsyslogd')
describe.skipIf(noTcp)(tcp, () => {
  const input = (port: number): string => `input(type="imtcp" address="127.0.0.1" port="${port}" ruleset="write")\n`
  test.for(['lines', 'octets'])('framed by %s: everything arrives in order, over a restart', (framing) =>
    overRestart((port) => `tcp://127.0.0.1:${port}`, `tcp-${framing}`, 'module(load="imtcp")\n', input, { framing }),
  )
})

const [noRelp, relp] = suite('rsyslog over RELP', loads('relp', 'module(load="imrelp")'), 'the package rsyslog-relp')
describe.skipIf(noRelp)(relp, () => {
  const input = (port: number): string =>
    `input(type="imrelp" address="127.0.0.1" port="${port}" ruleset="write" maxDataSize="64k")\n`
  test('everything arrives in order, over a restart', () =>
    overRestart((port) => `relp://127.0.0.1:${port}`, 'relp', 'module(load="imrelp")\n', input))
})

const gtls = 'module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1" streamDriver.authMode="anon")'
const canTls = has('openssl', 'version') && loads('tls', `${gtls}\ninput(type="imtcp" port="0")`)
const [noTls, tls] = suite('rsyslog over TLS', canTls, 'openssl and the package rsyslog-gnutls')
describe.skipIf(noTls)(tls, () => {
  const [key, cert] = [join(folder, 'tls.key'), join(folder, 'tls.pem')]
  beforeAll(() => {
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const name = ['-subj', '/CN=rsyslog', '-addext', 'subjectAltName=IP:127.0.0.1']
    execFileSync('openssl', ['req', '-x509', ...ec, '-keyout', key, '-out', cert, ...name], { stdio: 'pipe' })
  })
  const head = `defaultNetstreamDriverCAFile="${cert}" defaultNetstreamDriverCertFile="${cert}" defaultNetstreamDriverKeyFile="${key}"`
  const input = (port: number): string =>
    `${gtls}\ninput(type="imtcp" address="127.0.0.1" port="${port}" ruleset="write")\n`
  test('everything arrives in order, over a restart', () =>
    overRestart((port) => `tls://127.0.0.1:${port}`, 'tls', head, input, { ca: cert }))
})
