/** RELP of librelp (doc/relp.html): `TXNR SP COMMAND SP DATALEN [SP DATA] LF`. */
export interface RelpFrame {
  readonly txnr: number
  readonly command: string
  readonly data: Buffer
}

/** Transaction numbers have nine digits at most and begin anew at 1; 0 is for hints that are not answered. */
export const lastTxnr = 999_999_999

const lf = 10
/** `999999999 serverclose 999999999 `: a longer head is none. */
const longestHead = 64

export function relpFrame(txnr: number, command: string, data: Buffer): Buffer {
  const head = `${txnr} ${command} ${data.length}${data.length > 0 ? ' ' : ''}`
  return Buffer.concat([Buffer.from(head), data, Buffer.of(lf)])
}

const head = /^(\d{1,9}) ([A-Za-z0-9]{1,32}) (\d{1,9})([ \n])/

/** Cuts a stream into frames, however it was chunked. */
export class RelpReader {
  private pending: Buffer = Buffer.alloc(0)

  /** Throws where the bytes are no RELP. */
  push(chunk: Buffer): RelpFrame[] {
    this.pending = Buffer.concat([this.pending, chunk])
    const frames: RelpFrame[] = []
    for (let frame = this.next(); frame; frame = this.next()) frames.push(frame)
    return frames
  }

  private next(): RelpFrame | undefined {
    const found = head.exec(this.pending.toString('latin1', 0, longestHead))
    if (!found) {
      if (this.pending.length >= longestHead || this.pending.subarray(0, longestHead).includes(lf))
        throw new Error('what the receiver says is no RELP')
      return undefined
    }
    const [, txnr, command = '', length, mark] = found
    const from = found[0].length
    const to = from + Number(length)
    const end = mark === ' ' ? to + 1 : from
    if (this.pending.length < end) return undefined
    const data = mark === ' ' ? this.pending.subarray(from, to) : Buffer.alloc(0)
    if (mark === ' ' && this.pending[to] !== lf) throw new Error('what the receiver says is no RELP')
    this.pending = this.pending.subarray(end)
    return { txnr: Number(txnr), command, data }
  }
}
