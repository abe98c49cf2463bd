import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { type Delivery, eventAt, eventsIn, type Parcel, type Receipt, type TargetContext } from '@siembridge/core'
import { addressName } from './address.ts'
import { Comeback } from './comeback.ts'
import type { SyslogTargetOptions } from './options.ts'
import { firstLine } from './reason.ts'

/** Datagrams on their way at once: enough to keep the interface busy, too few to overrun the socket's buffer. */
const atOnce = 64

type Answer = NodeJS.ErrnoException | null

/** Delivers each event in a datagram. Nothing says whether it arrived, except a machine that refuses. */
export class DatagramDelivery implements Delivery {
  readonly inFlight = 1
  readonly maxBytes = 65_536
  readonly maxEvents = 1024
  private readonly context: TargetContext<SyslogTargetOptions>
  private readonly comeback: Comeback
  private socket: Socket | undefined
  private refused: Error | undefined

  constructor(context: TargetContext<SyslogTargetOptions>) {
    this.context = context
    this.comeback = new Comeback(context)
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    if (signal.aborted) return { all: 'retry', reason: 'the target is being closed' }
    await this.comeback.ready(signal)
    try {
      const answers = await this.sendAll((this.socket ??= await this.opened()), parcel)
      this.comeback.succeeded()
      return { all: 'delivered', except: tooLong(answers) }
    } catch (error) {
      await this.close()
      return this.comeback.failed(`${addressName(this.context.options.address)}: ${firstLine(error)}`)
    }
  }

  async close(): Promise<void> {
    const socket = this.socket
    this.socket = undefined
    if (socket) await new Promise<void>((resolve) => socket.close(() => resolve()))
  }

  private async opened(): Promise<Socket> {
    const { host, port } = this.context.options.address
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    this.refused = undefined
    socket.on('error', (error) => (this.refused ??= error))
    socket.connect(port, host)
    try {
      await once(socket, 'connect')
    } catch (error) {
      socket.close()
      throw error
    }
    return socket
  }

  /** Throws where the network refuses. Answers what became of each event. */
  private async sendAll(socket: Socket, parcel: Parcel): Promise<Answer[]> {
    const answers: Answer[] = []
    for (let at = 0; at < eventsIn(parcel); at += atOnce) {
      const events = Array.from({ length: Math.min(atOnce, eventsIn(parcel) - at) }, (_, i) => eventAt(parcel, at + i))
      answers.push(...(await Promise.all(events.map((event) => send(socket, event)))))
    }
    // What ICMP says about the last ones is read in the next turn of the loop, where the network is near.
    await turn()
    await turn()
    const wrong = answers.find((answer) => answer && answer.code !== 'EMSGSIZE') ?? this.refused
    if (wrong) throw wrong
    return answers
  }
}

const send = (socket: Socket, event: Buffer): Promise<Answer> =>
  new Promise((resolve) => socket.send(event, (error) => resolve(error)))

const tooLong = (answers: readonly Answer[]): NonNullable<Receipt['except']> =>
  answers.flatMap((answer, at) =>
    answer
      ? [{ at, is: 'rejected' as const, reason: 'no datagram holds it (EMSGSIZE); set max_bytes or use tcp' }]
      : [],
  )
