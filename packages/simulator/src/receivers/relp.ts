import { setTimeout as delay } from 'node:timers/promises'
import { RelpDecoder, relpFrame } from './relp-frames.ts'
import { streamReceiver } from './stream-receiver.ts'
import type { Connection } from '../net/listener.ts'
import type { Receiver, ReceiverContext } from './receiver.ts'
import type { RelpFrame } from './relp-frames.ts'
import type { ReceiverSpec } from './spec.ts'

const offers = '200 OK\nrelp_version=0\nrelp_software=siembridge-simulator\ncommands=syslog'

/** RELP: a session is opened with offers, and each syslog command is answered by its transaction number. */
export function relp(spec: Extract<ReceiverSpec, { kind: 'relp' }>, context: ReceiverContext): Receiver {
  return streamReceiver('relp', spec, context, (connection) => {
    const session = new Session(connection, context)
    const decoder = new RelpDecoder()
    let turn = Promise.resolve()
    connection.stream.on('error', () => {})
    connection.stream.on('end', () => connection.stream.end())
    connection.stream.on('data', (chunk: Buffer) => {
      for (const frame of decoder.push(chunk)) turn = turn.then(() => session.take(frame))
      if (decoder.isBroken) connection.reset()
    })
  })
}

class Session {
  readonly #connection: Connection
  readonly #context: ReceiverContext
  #isOpen = false

  constructor(connection: Connection, context: ReceiverContext) {
    this.#connection = connection
    this.#context = context
  }

  async take(frame: RelpFrame): Promise<void> {
    if (this.#connection.socket.destroyed) return
    if (this.#context.faults.take('relp-server-close')) return this.#serverClose()
    if (frame.command === 'open') return this.#open(frame)
    if (frame.command === 'close') return this.#close(frame)
    if (!this.#isOpen) return this.#serverClose()
    if (frame.command === 'syslog') return await this.#syslog(frame)
    this.#send(relpFrame(frame.transaction, 'rsp', '500 command is not supported'))
  }

  #open({ transaction, data }: RelpFrame): void {
    const isRelp = data.toString().includes('relp_version=0')
    this.#isOpen = isRelp
    this.#send(relpFrame(transaction, 'rsp', isRelp ? offers : '500 this version is not supported'))
  }

  #close({ transaction }: RelpFrame): void {
    this.#send(relpFrame(transaction, 'rsp', ''))
    this.#serverClose()
  }

  async #syslog({ transaction, data }: RelpFrame): Promise<void> {
    const { faults, recorder, name } = this.#context
    if (faults.take('relp-refuse')) return this.#send(relpFrame(transaction, 'rsp', '500 refused'))
    const event = recorder.keep(name, this.#connection.number, Buffer.from(data))
    if (faults.take('answer-lost')) return this.#connection.reset()
    if (faults.take('relp-no-response')) return
    const late = faults.take('answer-late')
    if (late) await delay(late.ms)
    this.#send(relpFrame(transaction, 'rsp', '200 OK'), () => recorder.acknowledge([event]))
  }

  #serverClose(): void {
    this.#isOpen = false
    this.#connection.stream.end(relpFrame(0, 'serverclose', ''))
  }

  #send(frame: string, sent?: () => void): void {
    if (this.#connection.stream.destroyed) return
    this.#connection.stream.write(frame, (error) => {
      if (!error) sent?.()
    })
  }
}
