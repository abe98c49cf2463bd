/** A RELP frame: transaction number, command and data. */
export interface RelpFrame {
  readonly transaction: number
  readonly command: string
  readonly data: Buffer
}

const header = /^(\d{1,9}) ([A-Za-z]{1,32}) (\d{1,9})(?= |\n)/

/** Cuts a stream into RELP frames (librelp, "The Reliable Event Logging Protocol"): `TXNR SP COMMAND SP LENGTH [SP DATA] LF`. */
export class RelpDecoder {
  #pending = Buffer.alloc(0)
  #broken = false

  /** The stream is no RELP; nothing more comes out. */
  get isBroken(): boolean {
    return this.#broken
  }

  push(chunk: Buffer): RelpFrame[] {
    this.#pending = Buffer.concat([this.#pending, chunk])
    const frames: RelpFrame[] = []
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame)
    return frames
  }

  #next(): RelpFrame | undefined {
    if (this.#broken || this.#pending.length === 0) return undefined
    const found = header.exec(this.#pending.toString('latin1', 0, 60))
    if (!found) return this.#fail(this.#pending.length >= 60 || this.#pending.includes(10))
    const [{ length: end }, transaction, command = '', length] = found
    const size = Number(length)
    const start = size === 0 && this.#pending[end] === 10 ? end : end + 1
    if (this.#pending.length <= start + size) return undefined
    if (this.#pending[start + size] !== 10) return this.#fail(true)
    const data = this.#pending.subarray(start, start + size)
    this.#pending = this.#pending.subarray(start + size + 1)
    return { transaction: Number(transaction), command, data }
  }

  #fail(isCertain: boolean): undefined {
    this.#broken ||= isCertain
    return undefined
  }
}

/** The bytes of a frame. */
export function relpFrame(transaction: number, command: string, data: string): string {
  const length = Buffer.byteLength(data)
  return `${transaction} ${command} ${length}${length === 0 ? '' : ` ${data}`}\n`
}
