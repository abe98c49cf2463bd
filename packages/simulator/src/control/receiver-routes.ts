import { setTimeout as delay } from 'node:timers/promises'
import type { Receiver } from '../receivers/receiver.ts'
import type { ReceiverFault } from '../receivers/receiver-fault.ts'
import type { Recorder } from '../receivers/recorder.ts'
import type { ControlRequest, ControlRoutes } from './server.ts'

/** What the control API of receivers works on. */
export interface ReceiverParts {
  readonly receivers: ReadonlyMap<string, Receiver>
  readonly recorder: Recorder
  changeCertificate(kind?: 'renewed' | 'expired' | 'other-name'): Promise<void>
}

/** The control API of the receivers. */
export function receiverRoutes(parts: ReceiverParts): ControlRoutes {
  return {
    'GET /received': ({ query }) => ({ lines: received(parts, query) }),
    'GET /stats': () => ({ json: parts.recorder.counts() }),
    'POST /faults': ({ body }) => {
      find(parts, body).faults.set(body.fault as ReceiverFault | undefined, body.count as number | undefined)
      return { json: {} }
    },
    'POST /close': async ({ body }) => {
      await find(parts, body).close()
      return { json: {} }
    },
    'POST /open': async ({ body }) => {
      await find(parts, body).open()
      return { json: {} }
    },
    'POST /restart': async ({ body }) => {
      await restart(find(parts, body), Number(body.downMs ?? 0))
      return { json: {} }
    },
    'POST /certificate': async ({ body }) => {
      await parts.changeCertificate(body.kind as 'renewed' | undefined)
      return { json: {} }
    },
  }
}

function received({ recorder }: ReceiverParts, query: URLSearchParams): Iterable<unknown> {
  return recorder.events(query.get('receiver') ?? undefined, Number(query.get('after') ?? 0))
}

async function restart(receiver: Receiver, downMs: number): Promise<void> {
  await receiver.close()
  await delay(downMs)
  await receiver.open()
}

function find({ receivers }: ReceiverParts, { receiver }: ControlRequest['body']): Receiver {
  const found = receivers.get(String(receiver))
  if (!found) throw new RangeError(`a receiver is one of ${[...receivers.keys()].join(', ')}`)
  return found
}
