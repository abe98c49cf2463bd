import type { Cloud, Fault, Receivers } from '@siembridge/simulator'

type Trouble = (cloud: Cloud, receivers: Receivers) => Promise<string>

const inCloud =
  (fault: Fault, service: 'graph' | 'manage' | 'login'): Trouble =>
  async (cloud) => {
    await cloud.addFault({ fault, service, count: 3 })
    return `${service}: ${fault.kind}`
  }

const restarted =
  (name: string): Trouble =>
  async (_, receivers) => {
    await receivers.restart(name, 2000)
    return `${name}: restarted`
  }

/** In turn, one every ten seconds. */
export const soakFaults: readonly Trouble[] = [
  inCloud({ kind: 'unavailable-html' }, 'graph'),
  restarted('tcp'),
  inCloud({ kind: 'reset-mid-body' }, 'manage'),
  async (_, receivers) => {
    await receivers.setFault('splunk', { kind: 'hec-code', code: 9 }, 5)
    return 'splunk: busy'
  },
  inCloud({ kind: 'truncated-json' }, 'graph'),
  restarted('relp'),
  inCloud({ kind: 'throttle', seconds: 2, retryAfter: 'fractional' }, 'graph'),
  async (_, receivers) => {
    await receivers.setFault('splunk', { kind: 'answer-lost' }, 2)
    return 'splunk: answer lost'
  },
  inCloud({ kind: 'claims-challenge' }, 'graph'),
  restarted('splunk'),
  inCloud({ kind: 'hang', seconds: 5 }, 'manage'),
  async (_, receivers) => {
    await receivers.setFault('relp', { kind: 'relp-server-close' }, 1)
    return 'relp: server closes'
  },
  inCloud({ kind: 'html-200' }, 'graph'),
  async (_, receivers) => {
    await receivers.setFault('tcp', { kind: 'reset-after', bytes: 20_000 }, 1)
    return 'tcp: reset'
  },
  inCloud({ kind: 'empty-500' }, 'manage'),
]
