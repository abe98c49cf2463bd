import { streamNames } from './streams.ts'
import type { ApplicationScenario, Lateness, StreamScenario, TenantScenario } from './scenario.ts'
import type { StreamName } from './streams.ts'

export const defaultTenantId = '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10'
export const defaultClientId = 'b2a7c9e4-13d5-4f68-9a0b-7c6d5e4f3a21'
export const defaultSecret = 'simulated-client-secret'

export const defaultApplication: ApplicationScenario = {
  clientId: defaultClientId,
  secrets: [{ value: defaultSecret }],
  managedIdentity: true,
}

export const defaultTenant: TenantScenario = { id: defaultTenantId }

// Entra audit and sign-in records are promised within minutes and come within hours; alerts carry the time of their
// last write, which is the time they can be seen at, but for seconds.
const eventLateness: readonly Lateness[] = [
  { share: 0.8, from: 0, to: '3s' },
  { share: 0.17, from: '3s', to: '2m' },
  { share: 0.025, from: '2m', to: '3h' },
  { share: 0.005, from: '3h', to: '20h' },
]
const updateLateness: readonly Lateness[] = [{ share: 1, from: 0, to: '5s' }]

const changing: Partial<Record<StreamName, number>> = {
  alerts: 0.3,
  incidents: 0.4,
  riskDetections: 0.2,
  'signIns.interactiveUser': 0.05,
}

const isUpdateOrdered = (stream: StreamName) => ['alerts', 'incidents', 'riskDetections', 'riskyUsers'].includes(stream)

/** The stream with every value filled in. */
export function withStreamDefaults(stream: StreamScenario): Required<Omit<StreamScenario, 'total'>> & StreamScenario {
  return {
    perMinute: 6,
    history: 0,
    lateness: isUpdateOrdered(stream.stream) ? updateLateness : eventLateness,
    changes: changing[stream.stream] ?? 0,
    changeWithin: '10m',
    ties: 0.05,
    hostile: 0.05,
    ...stream,
  }
}

export const defaultStreams: readonly StreamScenario[] = streamNames.map((stream) => ({ stream }))
