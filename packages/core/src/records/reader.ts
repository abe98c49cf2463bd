import { framedCef } from './late.ts'

/**
 * Cuts a stream of bytes into JSON records, in every form in which Microsoft's records are handed around: one a line, several
 * in a line, spread over lines, in an array, in `{"value":[…]}` or `{"records":[…]}`. A line of CEF becomes a JSON record as well. Lines that are a whole record take a
 * short way; only the rest is scanned byte by byte. A broken record costs itself, not its neighbours.
 */
export interface RecordHandler {
  /**
   * One record. With `strict`, the handler may decline a text that is not strict JSON by answering false; the reader then
   * cuts it by its brackets and offers the pieces without `strict`. The bytes are valid during the call only.
   */
  record(bytes: Buffer, line: number, strict: boolean): boolean
  problem(line: number, reason: string): void
}

const newline = 10
const quote = 34
const backslash = 92
const comma = 44
const colon = 58
const openBrace = 123
const closeBrace = 125
const openBracket = 91
const closeBracket = 93

const isSpace = (c: number | undefined): boolean => c === 32 || c === 9 || c === 13 || c === newline

/** Bytes of a line that are waited for before it is scanned in pieces. */
const patience = 1 << 20

/** Levels of brackets; what reads the records gives up far earlier. */
const deepest = 1000

export class RecordReader {
  private readonly handler: RecordHandler
  private readonly maxBytes: number
  private buffer: Buffer = Buffer.alloc(0)
  private at = 0
  private line = 1
  private state: 'between' | 'record' | 'tail' = 'between'
  private readonly lists: ('array' | 'envelope')[] = []
  // Of the record that is being scanned:
  private start = -1
  private startLine = 1
  private stack: number[] = []
  private inString = false
  private stringStart = 0
  private lastKey = ''
  private lastSignificant = 0
  private oversize = false
  private tailDepth = 0
  private skipping = false
  private foreign = false

  /** `maxBytes`: a longer record is passed over, told as a problem, and never held in memory. */
  constructor(handler: RecordHandler, maxBytes: number) {
    this.handler = handler
    this.maxBytes = maxBytes
  }

  push(chunk: Buffer): void {
    if (this.foreign) return
    this.buffer = this.at < this.buffer.length || this.start >= 0 ? Buffer.concat([this.buffer, chunk]) : chunk
    this.run(false)
    this.compact()
  }

  /** Takes what is left as the last record. */
  end(): void {
    this.run(true)
    while (this.state === 'record') this.giveUp('the input ends in the middle of a record')
  }

  private run(final: boolean): void {
    while (this.at < this.buffer.length) {
      const from = this.at
      const more =
        this.state === 'between' ? this.between(final) : this.state === 'record' ? this.inside(final) : this.tail()
      if (!more && this.at === from) return
    }
  }

  /** Drops what is done with. */
  private compact(): void {
    const keep = this.start >= 0 ? this.start : Math.min(this.at, this.buffer.length)
    if (keep === 0) return
    this.buffer = this.buffer.subarray(keep)
    this.at -= keep
    this.stringStart -= keep
    if (this.start >= 0) this.start = 0
  }

  /** Between records. False where more bytes are needed. */
  private between(final: boolean): boolean {
    if (this.skipping && this.at < this.buffer.length) return this.skip()
    const c = this.buffer[this.at]
    if (c === newline) this.line++
    if (isSpace(c) || c === comma || c === 0 || c === 30) return this.step()
    if (c === 0xef && this.buffer[this.at + 1] === 0xbb) return this.step(3)
    if (c === openBracket) {
      this.lists.push('array')
      return this.step()
    }
    if (c === closeBracket && this.lists.length > 0) return this.endList()
    if (c !== openBrace) return this.garbage(final)
    if (this.lists.length === 0) {
      const taken = this.wholeLine(final)
      if (taken !== undefined) return taken
    }
    this.begin()
    return true
  }

  private step(by = 1): boolean {
    this.at += by
    return true
  }

  /** The short way: true where the line was taken, false where more of it is needed, undefined where it must be scanned. */
  private wholeLine(final: boolean): boolean | undefined {
    let end = this.buffer.indexOf(newline, this.at)
    if (end < 0) {
      if (!final) return this.buffer.length - this.at < patience ? false : undefined
      end = this.buffer.length
    }
    let last = end
    while (last > this.at && isSpace(this.buffer[last - 1])) last--
    const text = this.buffer.subarray(this.at, last)
    if (text[text.length - 1] !== closeBrace || text.length > this.maxBytes || isEnvelope(text)) return undefined
    if (!this.handler.record(text, this.line, true)) return undefined
    this.at = end
    return true
  }

  private endList(): boolean {
    if (this.lists.pop() === 'envelope') {
      this.state = 'tail'
      this.tailDepth = 1
      this.inString = false
    }
    return this.step()
  }

  /** Something that begins no record: told once a line. */
  private garbage(final: boolean): boolean {
    if (this.line === 1 && this.isUtf16()) {
      this.foreign = true
      this.handler.problem(1, 'the text is UTF-16; write it as UTF-8 (in PowerShell: Out-File -Encoding utf8)')
      this.at = this.buffer.length
      return true
    }
    const framed = this.lists.length === 0 ? this.cef(final) : false
    if (framed !== false) return framed === 'taken'
    let end = this.at
    while (end < this.buffer.length && this.buffer[end] !== newline && this.buffer[end] !== openBrace) end++
    if (end === this.buffer.length && !final && end - this.at < patience) return false
    const text = this.buffer.toString('utf8', this.at, Math.min(end, this.at + 40))
    this.handler.problem(this.line, `not a record: ${JSON.stringify(text)}`)
    this.at = end
    return true
  }

  /** A line of CEF from here to its end: taken, or in need of more bytes. */
  private cef(final: boolean): 'taken' | 'more' | false {
    let end = this.buffer.indexOf(newline, this.at)
    if (end < 0) {
      if (!final && this.buffer.length - this.at < patience) return 'more'
      end = this.buffer.length
    }
    const record = end - this.at > this.maxBytes ? undefined : framedCef(this.buffer.subarray(this.at, end))
    if (!record) return false
    this.handler.record(record, this.line, false)
    this.at = end
    return 'taken'
  }

  private isUtf16(): boolean {
    const mark = this.buffer.toString('latin1', this.at, this.at + 2)
    return mark === '\xff\xfe' || mark === '\xfe\xff'
  }

  private begin(): void {
    this.state = 'record'
    this.start = this.at
    this.startLine = this.line
    this.stack = []
    this.inString = false
    this.oversize = false
    this.lastKey = ''
    this.lastSignificant = 0
  }

  /** Inside a record, byte by byte. */
  private inside(final: boolean): boolean {
    const { buffer } = this
    while (this.at < buffer.length) {
      const c = buffer[this.at] as number
      if (c === newline) {
        if (this.at + 1 >= buffer.length && !final) return this.tooLong()
        if (this.broken()) {
          this.reject('the line ends in the middle of the record')
          return true
        }
        this.line++
      }
      if (this.inString) this.stringByte(c)
      else if (!isSpace(c) && this.structure(c)) return true
      this.at++
    }
    return this.tooLong()
  }

  private stringByte(c: number): void {
    if (c === backslash) {
      this.at++
      // A line feed behind a backslash still ends a line.
      if (this.buffer[this.at] === newline) this.line++
    } else if (c === quote) {
      this.inString = false
      this.lastSignificant = quote
      if (this.stack.length === 1)
        this.lastKey = this.buffer.toString('latin1', this.stringStart, Math.min(this.at, this.stringStart + 64))
    }
  }

  /** True where the record ended or turned out to be an envelope. */
  private structure(c: number): boolean {
    if (c === quote) {
      this.inString = true
      this.stringStart = this.at + 1
    } else if (this.stack.length > deepest) return this.tooDeep()
    else if (c === openBrace) this.stack.push(c)
    else if (c === openBracket) {
      if (this.opensEnvelope()) return this.enterEnvelope()
      this.stack.push(c)
    } else if (c === closeBrace || c === closeBracket) {
      this.stack.pop()
      if (this.stack.length === 0) return this.complete()
    }
    this.lastSignificant = c
    return false
  }

  private opensEnvelope(): boolean {
    if (this.stack.length !== 1 || this.lists.includes('envelope') || this.lastSignificant !== colon) return false
    if (this.lastKey !== 'records' && this.lastKey !== 'value') return false
    let next = this.at + 1
    while (next < this.buffer.length && isSpace(this.buffer[next])) next++
    const c = this.buffer[next]
    return c === undefined || c === openBrace || c === closeBracket
  }

  private enterEnvelope(): boolean {
    this.lists.push('envelope')
    this.state = 'between'
    this.start = -1
    this.at++
    return true
  }

  private complete(): boolean {
    this.at++
    if (this.oversize) this.handler.problem(this.startLine, `over max_record_bytes (${this.maxBytes}); passed over`)
    else if (this.at - this.start > this.maxBytes)
      this.handler.problem(this.startLine, `over max_record_bytes (${this.maxBytes}); passed over`)
    else this.handler.record(this.buffer.subarray(this.start, this.at), this.startLine, false)
    this.state = 'between'
    this.start = -1
    return true
  }

  /** Whether the line feed here breaks the record off: the next line begins another where this one allows no value. */
  private broken(): boolean {
    if (this.buffer[this.at + 1] !== openBrace) return false
    if (this.inString) return true
    const inside = this.stack[this.stack.length - 1]
    if (inside === openBracket) return this.lastSignificant !== comma && this.lastSignificant !== openBracket
    return this.lastSignificant !== colon
  }

  /** A broken record costs its first line; what begins a line behind it is tried anew, for it may have been swallowed. */
  private reject(reason: string): void {
    this.handler.problem(this.startLine, `${reason}; the next one goes on`)
    this.state = 'between'
    if (this.start < 0) return
    const next = this.buffer.indexOf('\n{', this.start)
    this.line = this.startLine + countLines(this.buffer.subarray(this.start, next))
    this.at = next
    this.start = -1
  }

  /** No record is nested that deep, and trying each of its lines anew would take the square of their number. */
  private tooDeep(): boolean {
    this.handler.problem(this.startLine, `nested deeper than ${deepest}; passed over`)
    this.state = 'between'
    this.start = -1
    this.skipping = true
    return true
  }

  /** Up to the next line that may begin a record. */
  private skip(): boolean {
    const next = this.buffer.indexOf('\n{', this.at)
    const to = next < 0 ? this.buffer.length - (this.buffer[this.buffer.length - 1] === newline ? 1 : 0) : next
    this.line += countLines(this.buffer.subarray(this.at, to))
    this.skipping = next < 0
    const moved = to > this.at
    this.at = to
    return moved || next >= 0
  }

  /** Out of bytes. A record that is too long already is not kept, only followed to its end. */
  private tooLong(): boolean {
    if (this.start >= 0 && this.at - this.start > this.maxBytes) {
      this.oversize = true
      this.start = -1
    }
    return false
  }

  /** The record never ends: its first line is lost, and what begins a line behind it is tried anew. */
  private giveUp(reason: string): void {
    this.handler.problem(
      this.startLine,
      this.oversize ? `over max_record_bytes (${this.maxBytes}); passed over` : reason,
    )
    this.state = 'between'
    const next = this.start < 0 ? -1 : this.buffer.indexOf('\n{', this.start)
    this.at = next < 0 ? this.buffer.length : next + 1
    if (next >= 0) this.line = this.startLine + countLines(this.buffer.subarray(this.start, this.at))
    this.start = -1
    this.lists.length = 0
    this.run(true)
  }

  /** What follows the list of an envelope, up to its closing brace. */
  private tail(): boolean {
    while (this.at < this.buffer.length) {
      const c = this.buffer[this.at++] as number
      if (c === newline) this.line++
      if (this.inString) {
        if (c === backslash) this.at++
        else if (c === quote) this.inString = false
      } else if (c === quote) this.inString = true
      else if (c === openBrace || c === openBracket) this.tailDepth++
      else if (c === closeBrace || c === closeBracket) {
        if (--this.tailDepth > 0) continue
        this.state = 'between'
        return true
      }
    }
    return false
  }
}

const envelope = /"(?:records|value)"[ \t\r\n]*:[ \t\r\n]*\[[ \t\r\n]*(?:[{\]]|$)/

/** Whether a line may be an envelope; the scan decides. */
function isEnvelope(text: Buffer): boolean {
  if (!text.includes('"records"') && !text.includes('"value"')) return false
  return envelope.test(text.toString('latin1'))
}

function countLines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++
  return count
}
