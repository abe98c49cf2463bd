import type { Target } from '@siembridge/core'
import { check } from './check.ts'
import { DatagramDelivery } from './datagrams.ts'
import { formats, syslogTargetOptions, type SyslogTargetOptions } from './options.ts'
import { RelpDelivery } from './relp/delivery.ts'
import { StreamDelivery } from './stream.ts'

const isRelp = ({ address }: SyslogTargetOptions): boolean => address.transport.startsWith('relp')

/** Lines to a syslog receiver over UDP, TCP, TLS or RELP. */
export const syslogTarget: Target<SyslogTargetOptions> = {
  kind: 'syslog',
  title: 'Syslog receiver (UDP, TCP, TLS, RELP)',
  options: syslogTargetOptions,
  formats,
  receipt: (options) => (isRelp(options) ? 'accepted' : 'handed-over'),
  repeatWindow: ({ address, window_bytes }) => (address.transport === 'udp' ? 65_536 : window_bytes),
  header: ({ header, hostname, max_bytes }) => ({ form: header, hostname, maxBytes: max_bytes }),
  check,
  open(context) {
    if (context.options.address.transport === 'udp') return Promise.resolve(new DatagramDelivery(context))
    return Promise.resolve(isRelp(context.options) ? new RelpDelivery(context) : new StreamDelivery(context))
  },
}
