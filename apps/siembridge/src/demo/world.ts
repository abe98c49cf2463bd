import {
  contentTypes,
  defaultTenantId,
  type FaultRule,
  type Scenario,
  type StreamName,
  type StreamScenario,
  streamNames,
} from '@siembridge/simulator'

/** The cloud's clock runs so many times as fast as the real one. */
export const speed = 20

/** How far the cloud's clock is behind at the start: an agent takes its own clock for right until the cloud has told its own. */
const behindMs = 12 * 60_000

/** How long the cloud issues records, in real time. */
export const issuingMs = 24_000

/** Minutes of the cloud's clock before the start that records are there for. */
const history = 15

/** Records by stream; changed objects come on top. */
const totals: Partial<Record<StreamName, number>> = {
  alerts: 480,
  incidents: 120,
  riskDetections: 250,
  riskyUsers: 60,
  'Audit.AzureActiveDirectory': 1210,
  'Audit.Exchange': 1210,
  'Audit.SharePoint': 1210,
  'Audit.General': 1210,
  'DLP.All': 1210,
}
const usual = 560

/** A stream at a rate at which all of its records are issued a little before the end. */
function streamOf(stream: StreamName): StreamScenario {
  const total = totals[stream] ?? usual
  const minutes = history + (issuingMs / 60_000) * speed
  return { stream, total, history: `${history}m`, perMinute: (total / minutes) * 1.1, ties: 0.1 }
}

export const records = streamNames.reduce((sum, stream) => sum + (totals[stream] ?? usual), 0)

/** A tenant with everything in it: late records, records that come again, equal times, changes, and hostile strings. */
export const scenarioOf = (seed: number, directory: string): Scenario => ({
  seed: String(seed),
  directory,
  clock: { start: new Date(Date.now() - behindMs).toISOString(), speed },
  tenants: [{ id: defaultTenantId, subscriptions: contentTypes, streams: streamNames.map(streamOf) }],
  graph: { pageSizes: { alerts: 90, directoryAudits: 400, riskDetections: 100 } },
  activity: { blobEvery: '20s', repeatedRecords: 0.03, repeatedBlobs: 0.03, repeatedListings: 0.05 },
  // The agent keeps to the documented limits; after a kill it cannot know what its forerunner used up.
  throttling: { limits: { auditLogs: { requests: 30, seconds: 10 } }, retryAfter: 'fractional' },
  faults: faultsOf(seed),
})

const faultsOf = (seed: number): FaultRule[] => [
  { fault: { kind: 'unavailable-html' }, service: 'graph', path: '/security/', probability: 0.05, seed: `${seed} a` },
  { fault: { kind: 'reset-mid-body' }, service: 'graph', path: '/security/', probability: 0.05, seed: `${seed} b` },
  { fault: { kind: 'shuffled-page' }, service: 'graph', path: '/security/', probability: 0.1, seed: `${seed} c` },
  { fault: { kind: 'duplicate-page' }, service: 'graph', path: '/riskDetections', skip: 1, count: 1 },
  {
    fault: { kind: 'throttle', seconds: 1.5, retryAfter: 'fractional' },
    service: 'graph',
    path: '/signIns',
    skip: 2,
    count: 1,
  },
  { fault: { kind: 'throttle', seconds: 1 }, service: 'manage', probability: 0.01, seed: `${seed} d` },
  { fault: { kind: 'truncated-json' }, service: 'manage', path: '/audit/', probability: 0.03, seed: `${seed} e` },
  { fault: { kind: 'reset-before-headers' }, service: 'manage', path: '/audit/', probability: 0.02, seed: `${seed} f` },
  { fault: { kind: 'claims-challenge' }, service: 'graph', path: '/incidents', skip: 3, count: 1 },
]
