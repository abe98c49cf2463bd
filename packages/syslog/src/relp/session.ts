import type { Socket } from 'node:net'
import { byReceiver } from '../connect.ts'
import { lastTxnr, type RelpFrame, relpFrame, RelpReader } from './frames.ts'

/** What the receiver said to a message: 200 where it has it, 500 where it could not take it (librelp, doc/relp.html). */
export interface RelpAnswer {
  readonly code: number
  readonly text: string
}

const offers = Buffer.from('relp_version=0\nrelp_software=siembridge\ncommands=syslog')

/** One RELP session: numbers the messages and knows which of them were answered. */
export class RelpSession {
  /** Why it broke; set once. */
  lost: string | undefined
  private readonly socket: Socket
  private readonly reader = new RelpReader()
  private readonly open = new Map<number, (answer: RelpAnswer) => void>()
  private readonly changed: () => void
  private txnr = 0

  /** `changed` is called when the session broke or can be written to again. */
  constructor(socket: Socket, changed: () => void) {
    this.socket = socket
    this.changed = changed
    socket.on('data', (chunk: Buffer) => this.read(chunk))
    socket.on('error', (error) => this.breakOff(error.message))
    socket.on('end', () => this.breakOff(byReceiver))
    socket.on('close', () => this.breakOff(byReceiver))
    socket.on('drain', changed)
    if (socket.destroyed) this.breakOff(byReceiver)
  }

  get full(): boolean {
    return this.socket.writableNeedDrain
  }

  /** Messages that are not answered yet. */
  get unanswered(): number {
    return this.open.size
  }

  /** Says hello. Rejects where the receiver does not take syslog messages. */
  async hello(): Promise<void> {
    const { code, text } = await new Promise<RelpAnswer>((resolve) => {
      this.send('open', offers, resolve)
      if (this.lost !== undefined) resolve({ code: 0, text: this.lost })
    })
    if (code !== 200) throw new Error(`RELP session refused: ${text || code}`)
    if (!/(?:^|\n)commands=(?:[^\n]*,)?syslog(?:[,\n]|$)/.test(text))
      throw new Error('the receiver takes no syslog over RELP')
  }

  /** `answered` is called once, with code 0 where the session broke before. */
  send(command: string, data: Buffer, answered: (answer: RelpAnswer) => void): void {
    this.txnr = this.txnr === lastTxnr ? 1 : this.txnr + 1
    this.open.set(this.txnr, answered)
    this.socket.write(relpFrame(this.txnr, command, data))
  }

  /** Writes of one turn leave in one piece. */
  cork(write: () => void): void {
    this.socket.cork()
    write()
    this.socket.uncork()
  }

  breakOff(reason: string): void {
    if (this.lost !== undefined) return
    this.lost = reason
    this.socket.destroy()
    const open = [...this.open.values()]
    this.open.clear()
    for (const answered of open) answered({ code: 0, text: reason })
    this.changed()
  }

  private read(chunk: Buffer): void {
    try {
      for (const frame of this.reader.push(chunk)) this.take(frame)
    } catch (error) {
      this.breakOff((error as Error).message)
    }
  }

  private take({ txnr, command, data }: RelpFrame): void {
    if (command === 'serverclose') return this.breakOff(byReceiver)
    const answered = this.open.get(txnr)
    if (command !== 'rsp' || !answered) throw new Error(`unexpected answer of the receiver: ${txnr} ${command}`)
    this.open.delete(txnr)
    const text = data.toString('utf8')
    answered({ code: Number(/^\d{3}/.exec(text)?.[0] ?? 0), text: text.slice(4) })
  }
}
