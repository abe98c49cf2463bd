import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { activityHandler } from './activity/handle.ts'
import { Publishers } from './activity/publishers.ts'
import { createClock } from './clock.ts'
import { openControl } from './control/server.ts'
import { cloudRoutes } from './control/cloud-routes.ts'
import { Faults } from './faults/faults.ts'
import { graphHandler } from './graph/handle.ts'
import { SkipTokens } from './graph/skip-tokens.ts'
import { Throttle } from './throttle.ts'
import { RequestLog } from './http/request-log.ts'
import { openService } from './http/service.ts'
import { Directory } from './login/directory.ts'
import { loginHandler } from './login/handle.ts'
import { metadataHandler } from './login/metadata-identity.ts'
import { TokenCounts } from './login/token-counts.ts'
import { Tokens } from './login/tokens.ts'
import { vaultHandler } from './login/vault.ts'
import { createAuthority } from './net/certificates.ts'
import { Ledger } from './world/ledger.ts'
import { World } from './world/world.ts'
import type { Handler } from './http/call.ts'
import type { Audience } from './login/directory.ts'
import type { Listener } from './net/listener.ts'
import type { Scenario, ServiceName } from './scenario.ts'

/** Where a running cloud is; the line that its process prints when it is ready. */
export interface CloudAddress {
  readonly ports: Readonly<Record<ServiceName | 'control', number>>
  /** PEM files: the authority, and a client certificate of it with its key. */
  readonly caFile: string
  readonly clientCertificateFile: string
  readonly clientKeyFile: string
  readonly ledgerFile: string
  readonly directory: string
}

export interface RunningCloud {
  readonly address: CloudAddress
  stop(this: void): Promise<void>
}

const serverNames = [
  'localhost',
  '127.0.0.1',
  '::1',
  'login.microsoftonline.com',
  'graph.microsoft.com',
  'manage.office.com',
]

/** Opens the whole cloud in this process. */
export async function openCloud(scenario: Scenario): Promise<RunningCloud> {
  const directory = scenario.directory ?? mkdtempSync(join(tmpdir(), 'siembridge-simulator-'))
  mkdirSync(directory, { recursive: true })
  const { keys, files } = await makeCertificates(directory)
  const parts = createParts(scenario, directory)
  const context = {
    clock: parts.clock,
    faults: parts.faults,
    log: parts.log,
    keys,
    compress: scenario.compress ?? false,
  }
  const listeners: Partial<Record<ServiceName, Listener>> = {}
  const base = (name: ServiceName) => `https://localhost:${listeners[name]?.port ?? 0}`
  for (const [name, handler] of Object.entries(handlersOf(parts, () => base('login')))) {
    listeners[name as ServiceName] = await openService(
      name as ServiceName,
      scenario.ports?.[name as ServiceName],
      handler,
      context,
    )
  }
  nameAudiences(parts.ports, listeners)
  const control = await openControl(cloudRoutes(parts), scenario.ports?.control)
  const timer = setInterval(() => parts.world.advance(), 100)
  const portOf = (name: ServiceName) => listeners[name]?.port ?? 0
  const services = { login: portOf('login'), graph: portOf('graph'), manage: portOf('manage') }
  const others = { vault: portOf('vault'), imds: portOf('imds'), control: control.port }
  return {
    address: { ports: { ...services, ...others }, ...files, ledgerFile: parts.world.ledger.file, directory },
    stop: async () => {
      clearInterval(timer)
      await Promise.all([control.close(), ...Object.values(listeners).map((listener) => listener.close())])
    },
  }
}

export type CloudParts = ReturnType<typeof createParts>

function createParts(scenario: Scenario, dir: string) {
  const clock = createClock(scenario.clock ?? {})
  const directory = new Directory(scenario)
  const tenants = directory.tenants.map((tenant) => tenant.scenario)
  const world = new World(scenario, tenants, clock, new Ledger(join(dir, 'ledger.ndjson')))
  const ports = new Map<number, Audience>()
  return {
    clock,
    directory,
    world,
    ports,
    tokens: new Tokens(),
    counts: new TokenCounts(),
    options: scenario.login ?? {},
    throttle: new Throttle(scenario.throttling?.limits),
    retryAfter: scenario.throttling?.retryAfter ?? 'seconds',
    skipTokens: new SkipTokens(scenario.graph?.skipTokenSeconds ?? 3600),
    graph: scenario.graph ?? {},
    activity: scenario.activity ?? {},
    publishers: new Publishers(),
    startedAt: new Map<string, number>(),
    cursors: new Map<string, number>(),
    faults: new Faults(scenario.faults ?? [], clock),
    log: new RequestLog(),
  }
}

function handlersOf(parts: CloudParts, loginBase: () => string): Record<ServiceName, Handler> {
  return {
    login: loginHandler(parts),
    graph: graphHandler(parts),
    manage: activityHandler(parts),
    vault: vaultHandler(parts, loginBase),
    imds: metadataHandler(parts),
  }
}

function nameAudiences(ports: Map<number, Audience>, listeners: Partial<Record<ServiceName, Listener>>): void {
  for (const name of ['graph', 'manage', 'vault'] as const) {
    const port = listeners[name]?.port
    if (port !== undefined) ports.set(port, name)
  }
}

async function makeCertificates(directory: string) {
  const authority = await createAuthority()
  const keys = await authority.issue({ subject: 'CN=localhost', names: serverNames, usage: 'server' })
  const client = await authority.issue({ subject: 'CN=collector', usage: 'client' })
  const write = (name: string, text: string) => {
    const file = join(directory, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  const files = {
    caFile: write('ca.pem', authority.certificate),
    clientCertificateFile: write('client.pem', client.certificate),
    clientKeyFile: write('client-key.pem', client.privateKey),
  }
  return { keys, files }
}
