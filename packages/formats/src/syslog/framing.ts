import { problemAt } from '../problem.ts'
import type { FormatProblem } from '../problem.ts'

/** Octet counting (RFC 6587 section 3.4.1): the length in bytes, a space, the bytes. */
export function frameOctets(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length} `), bytes])
}

/** Newline framing (RFC 6587 section 3.4.2): the text and one LF; an LF inside would start a new record: a space. */
export function frameLine(text: string): string {
  return `${text.includes('\n') ? text.replaceAll('\n', ' ') : text}\n`
}

/**
 * `framing`: `auto` tells by the first byte of each frame, a digit for octet counting and `<` for a line; `lines`
 * accepts lines without PRI. `maxFrameBytes`: 200000 unless told, as in rsyslog's imtcp.
 */
export interface FrameOptions {
  readonly framing?: 'auto' | 'octets' | 'lines'
  readonly maxFrameBytes?: number
}

interface Found {
  readonly frame: Buffer
  readonly next: number
}

const lf = 10
const cr = 13

/**
 * Cuts a TCP stream into syslog frames, however it was chunked. Frames are views of the received bytes. After garbage
 * there is no way to find the next frame: {@link problem} tells what was wrong and at which byte of the stream, and
 * nothing more comes out.
 */
export class FrameDecoder {
  readonly #framing: 'auto' | 'octets' | 'lines'
  readonly #max: number
  #pending = Buffer.alloc(0)
  #offset = 0
  #problem: FormatProblem | undefined

  constructor(options: FrameOptions = {}) {
    this.#framing = options.framing ?? 'auto'
    this.#max = options.maxFrameBytes ?? 200_000
  }

  /** Why the stream cannot be read on, or undefined while it can. */
  get problem(): FormatProblem | undefined {
    return this.#problem
  }

  /** Takes the next bytes and returns the frames that are now complete, without length, LF or CR LF. */
  push(chunk: Uint8Array): Buffer[] {
    if (this.#problem) return []
    this.#pending = Buffer.concat([this.#pending, chunk])
    const frames: Buffer[] = []
    for (let found = this.#next(); found; found = this.#next()) {
      if (found.frame.length > 0) frames.push(found.frame)
      this.#pending = this.#pending.subarray(found.next)
      this.#offset += found.next
    }
    return frames
  }

  /** Tells that the stream ended: a last line without LF is a frame, half a counted frame is a problem. */
  end(): Buffer[] {
    const rest = this.#pending
    this.#pending = Buffer.alloc(0)
    if (this.#problem || rest.length === 0) return []
    if (!this.#isCounted(rest)) return [withoutCr(rest)]
    this.#fail('the stream ended inside a frame')
    return []
  }

  #next(): Found | undefined {
    if (this.#pending.length === 0) return undefined
    if (this.#isCounted(this.#pending)) return this.#nextCounted()
    const isLine = this.#framing === 'lines' || (this.#framing === 'auto' && this.#pending[0] === 0x3c)
    return isLine ? this.#nextLine() : this.#fail('a frame starts with neither a length nor "<"')
  }

  #isCounted(bytes: Buffer): boolean {
    return this.#framing !== 'lines' && isDigit(bytes[0])
  }

  #nextCounted(): Found | undefined {
    const digits = this.#pending.findIndex((byte) => !isDigit(byte))
    const count = this.#pending.toString('latin1', 0, digits < 0 ? this.#pending.length : digits)
    if (count.startsWith('0') || Number(count) > this.#max) return this.#fail(`a frame length of ${count.slice(0, 20)}`)
    if (digits < 0) return undefined
    if (this.#pending[digits] !== 32) return this.#fail('no space after the frame length')
    const next = digits + 1 + Number(count)
    return next > this.#pending.length ? undefined : { frame: this.#pending.subarray(digits + 1, next), next }
  }

  #nextLine(): Found | undefined {
    const end = this.#pending.indexOf(lf)
    const length = end < 0 ? this.#pending.length : end
    if (length > this.#max) return this.#fail(`a line of more than ${this.#max} bytes`)
    return end < 0 ? undefined : { frame: withoutCr(this.#pending.subarray(0, end)), next: end + 1 }
  }

  #fail(why: string): undefined {
    this.#problem = problemAt(this.#offset, why)
    return undefined
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

function withoutCr(line: Buffer): Buffer {
  return line.at(-1) === cr ? line.subarray(0, -1) : line
}
