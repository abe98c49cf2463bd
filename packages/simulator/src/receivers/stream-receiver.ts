import { Listener } from '../net/listener.ts'
import { Gate } from './gate.ts'
import type { Connection, ListenerTls } from '../net/listener.ts'
import type { Receiver, ReceiverContext } from './receiver.ts'
import type { ReceiverTls } from './spec.ts'

/** A receiver over TCP or TLS whose protocol is `onConnection`. */
export function streamReceiver(
  kind: string,
  spec: ReceiverTls & { readonly port?: number },
  context: ReceiverContext,
  onConnection: (connection: Connection) => void,
): Receiver {
  const tls = tlsOf(spec, context)
  const listener = new Listener({
    ...(spec.port === undefined ? {} : { port: spec.port }),
    ...(tls ? { tls } : {}),
    wrap: (socket) => new Gate(socket, context.faults),
    onConnection,
  })
  return {
    name: context.name,
    kind,
    faults: context.faults,
    get port() {
      return listener.port
    },
    open: () => listener.open(),
    close: () => listener.close(),
  }
}

function tlsOf({ tls }: ReceiverTls, { keys, authority }: ReceiverContext): (() => ListenerTls) | undefined {
  if (tls === undefined || tls === false) return undefined
  return () => ({ keys: keys(), ...(tls === 'mutual' ? { clientAuthority: authority } : {}) })
}
