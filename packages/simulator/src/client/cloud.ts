import { ControlClient } from './control.ts'
import { startProcess } from './process.ts'
import type { CloudAddress } from '../cloud.ts'
import type { CloudStats } from '../control/cloud-stats.ts'
import type { Duration } from '../duration.ts'
import type { FaultRule } from '../faults/rule.ts'
import type { RequestEntry } from '../http/call.ts'
import type { Scenario, SecretScenario } from '../scenario.ts'
import type { GraphStream, StreamName } from '../streams.ts'
import type { Obligation } from '../world/ledger.ts'
import type { StartOptions } from './process.ts'

export interface IssueOptions {
  readonly stream: StreamName
  readonly tenant?: string
  readonly count?: number
  /** ISO time of the events; now unless told. */
  readonly at?: string
  /** How long until they can be seen. */
  readonly late?: Duration
}

/** Names an application: in the tenant that is named, or in the first one that has it. */
export interface ApplicationName {
  readonly clientId: string
  readonly tenant?: string
}

/** A simulated cloud in a process of its own. */
export interface Cloud {
  readonly address: CloudAddress
  readonly pid: number
  /** `https://localhost:PORT` of a service; `http` for the metadata endpoint. */
  url(service: 'login' | 'graph' | 'manage' | 'vault' | 'imds'): string
  ledger(): Promise<Obligation[]>
  stats(): Promise<CloudStats>
  requests(): Promise<RequestEntry[]>
  /** Adds a fault rule and returns its id. */
  addFault(rule: FaultRule): Promise<string>
  /** Removes one rule, or all. */
  removeFault(id?: string): Promise<void>
  faults(): Promise<{ readonly id: string; readonly rule: FaultRule; readonly done: number; readonly spent: boolean }[]>
  /** Moves the cloud's clock; a duration with a minus sign sets it back. */
  advance(by: Duration): Promise<void>
  /** Issues records now and returns their ids. */
  issue(options: IssueOptions): Promise<string[]>
  /** Changes an object now. */
  change(options: { readonly stream: GraphStream; readonly id: string; readonly tenant?: string }): Promise<boolean>
  /** Stops issuing; everything that was still to come can be seen from now on. */
  quiet(): Promise<void>
  /** Issues by schedule again. */
  resume(): Promise<void>
  /** Replaces the secrets of an application. */
  setSecrets(of: ApplicationName & { readonly secrets: readonly SecretScenario[] }): Promise<void>
  /** Grants or withdraws consent. Withdrawing works at once, a grant with the next token. */
  setRoles(
    of: ApplicationName & { readonly grant?: readonly string[]; readonly revoke?: readonly string[] },
  ): Promise<void>
  stop(): Promise<void>
}

/** Starts a cloud and waits until it is ready. */
export async function startCloud(scenario: Scenario = {}, options: StartOptions = {}): Promise<Cloud> {
  const { address, pid, stop } = await startProcess<CloudAddress>('main', scenario, options)
  const control = new ControlClient(address.ports.control)
  return {
    address,
    pid,
    stop,
    url: (service) => `${service === 'imds' ? 'http' : 'https'}://localhost:${address.ports[service]}`,
    ledger: () => control.lines('/ledger'),
    stats: () => control.get('/stats'),
    requests: () => control.lines('/requests'),
    addFault: async (rule) => (await control.post<{ id: string }>('/faults', rule)).id,
    removeFault: async (id) => void (await control.post('/faults/remove', { id })),
    faults: () => control.get('/faults'),
    advance: async (by) => void (await control.post('/clock', { advance: by })),
    issue: async (of) => (await control.post<{ ids: string[] }>('/world', of)).ids,
    change: async (of) => (await control.post<{ changed: boolean }>('/change', of)).changed,
    quiet: async () => void (await control.post('/quiet')),
    resume: async () => void (await control.post('/resume')),
    setSecrets: async (of) => void (await control.post('/secrets', of)),
    setRoles: async (of) => void (await control.post('/roles', of)),
  }
}
