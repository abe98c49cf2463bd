import { defaultHecToken, type ReceiverSpec } from '@siembridge/simulator'
import type { TargetDescription } from './judge/index.ts'

/** A receiver, and the target of the configuration that goes there. */
export interface DemoTarget extends TargetDescription {
  readonly title: string
  readonly receiver: ReceiverSpec
  /** Options of the target besides its address. */
  readonly options: Readonly<Record<string, string | number | boolean>>
}

const mebibyte = 1 << 20
const syslog = { header: 'rfc3164', window: mebibyte } as const

/** One target of each way to deliver, each in another format. */
export const demoTargets: readonly DemoTarget[] = [
  {
    ...syslog,
    name: 'arcsight',
    format: 'cef',
    title: 'syslog over TCP',
    receiver: { name: 'arcsight', kind: 'tcp' },
    options: { format: 'cef', max_bytes: 0 },
  },
  {
    ...syslog,
    name: 'qradar',
    format: 'leef',
    title: 'syslog over RELP',
    receiver: { name: 'qradar', kind: 'relp' },
    options: { format: 'leef', max_bytes: 0 },
  },
  {
    ...syslog,
    name: 'archive',
    format: 'raw+',
    title: 'syslog over TLS',
    receiver: { name: 'archive', kind: 'tcp', tls: true },
    options: { format: 'raw+', max_bytes: 0 },
  },
  {
    name: 'splunk',
    format: 'hec',
    header: 'none',
    window: 8 * 131_072,
    title: 'HTTP Event Collector',
    receiver: {
      name: 'splunk',
      kind: 'hec',
      tls: true,
      tokens: [{ ...defaultHecToken, useAck: true }],
      ackDelayMs: 200,
    },
    options: { acknowledge: true, acknowledge_every: '200ms', batch_bytes: '128KiB', in_flight: 8 },
  },
]

/** The target that carries Microsoft's records as they are. */
export const rawTarget = 'archive'
