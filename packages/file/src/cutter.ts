import { framedCef, RecordReader } from '@siembridge/core'
import { Brackets, isOneValue } from './brackets.ts'

/** A place where a file can be read on from: `skip` records behind `offset` were taken already. */
export interface Safe {
  readonly offset: number
  readonly skip: number
}

interface Stretch {
  readonly from: number
  readonly reader: RecordReader
  readonly brackets: Brackets
  records: number
}

const newline = 10
const openBrace = 123
const openBracket = 91
/** A line that is longer is cut while it comes: it may be a list of gigabytes. */
const patience = 1 << 20

/**
 * Cuts a file into records and knows from where it can be read on. A line that is one record is taken as it is. Where a line is
 * something else (a list, an envelope, the first line of a record over several), a stretch of lines up to its last bracket goes
 * through `RecordReader`. A line of CEF becomes a JSON record; any other line that is no JSON passes
 * as a record, for the pipeline to put aside.
 */
export class Cutter {
  private readonly maxBytes: number
  private readonly problem: (offset: number, reason: string) => void
  private records: Buffer[] = []
  private rest: Buffer = Buffer.alloc(0)
  private offset: number
  private skip: number
  private stretch: Stretch | undefined
  private foreign = false
  private atLineStart = true

  constructor(from: Safe, maxBytes: number, problem: (offset: number, reason: string) => void) {
    this.offset = from.offset
    this.skip = from.skip
    this.maxBytes = maxBytes
    this.problem = problem
  }

  /** Behind the last record that `take` gave. */
  get safe(): Safe {
    return this.stretch
      ? { offset: this.stretch.from, skip: this.stretch.records }
      : { offset: this.offset, skip: this.skip }
  }

  /** Bytes that were pushed so far, counted from the beginning of the file. */
  get seen(): number {
    return this.offset + this.rest.length
  }

  take(): Buffer[] {
    return this.records.splice(0)
  }

  /** The bytes must stay as they are. */
  push(chunk: Buffer): void {
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk
    let at = 0
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, at)) {
      this.line(bytes.subarray(at, end + 1))
      at = end + 1
    }
    this.rest = bytes.subarray(at)
    if (this.rest.length > patience || (this.stretch && this.rest.length > 0)) this.part()
  }

  /** Takes a last line without a line feed, where it is a whole value: nothing that may come can belong to it. */
  settle(): void {
    if (this.rest.length > 0 && !this.stretch && isOneValue(trimmed(this.rest))) this.end()
    else if (this.stretch?.brackets.closed) this.finish()
  }

  /** No more will come: what is left is the last record. */
  end(): void {
    if (this.rest.length > 0) this.line(this.rest)
    this.rest = Buffer.alloc(0)
    this.finish()
  }

  private line(line: Buffer): void {
    const { stretch } = this
    if (stretch && this.atLineStart && line[0] === openBrace && stretch.brackets.broken) this.finish()
    if (this.stretch) this.feed(this.stretch, line)
    else this.whole(line)
    this.atLineStart = true
  }

  /** The beginning of a line whose end did not come yet. */
  private part(): void {
    const { rest } = this
    this.rest = Buffer.alloc(0)
    const { stretch } = this
    if (stretch && this.atLineStart && rest[0] === openBrace && stretch.brackets.broken) this.finish()
    this.feed((this.stretch ??= this.begin()), rest)
    this.atLineStart = false
  }

  private whole(line: Buffer): void {
    const text = trimmed(line)
    if (this.isForeign(text)) return void (this.offset += line.length)
    const first = text[0]
    if (first === openBracket || (first === openBrace && (isEnvelope(text) || !isOneValue(text))))
      return this.feed((this.stretch = this.begin()), line)
    if (text.length > this.maxBytes) this.problem(this.offset, `over max_record_bytes (${this.maxBytes}); passed over`)
    else if (text.length > 0) this.add((first === openBrace ? undefined : framedCef(text)) ?? text)
    this.offset += line.length
    this.skip = 0
  }

  private isForeign(text: Buffer): boolean {
    const mark = this.offset === 0 ? text.toString('latin1', 0, 2) : ''
    if (mark === '\xff\xfe' || mark === '\xfe\xff') {
      this.foreign = true
      this.problem(0, 'the text is UTF-16; write it as UTF-8 (in PowerShell: Out-File -Encoding utf8)')
    }
    return this.foreign
  }

  private begin(): Stretch {
    const from = this.offset
    const reader = new RecordReader(
      {
        record: (bytes, _, strict) => {
          if (strict && !isOneValue(bytes)) return false
          stretch.records++
          this.add(Buffer.from(bytes))
          return true
        },
        problem: (_, reason) => this.problem(from, reason),
      },
      this.maxBytes,
    )
    const stretch: Stretch = { from, reader, brackets: new Brackets(), records: 0 }
    return stretch
  }

  private feed(stretch: Stretch, bytes: Buffer): void {
    stretch.brackets.feed(bytes)
    stretch.reader.push(bytes)
    this.offset += bytes.length
    if (bytes.at(-1) === newline && stretch.brackets.closed) this.finish()
  }

  private finish(): void {
    this.stretch?.reader.end()
    this.stretch = undefined
    this.skip = 0
  }

  private add(record: Buffer): void {
    if (this.skip > 0) this.skip--
    else this.records.push(record)
  }
}

const isSpace = (c: number | undefined): boolean => c === 32 || c === 9 || c === 13 || c === newline

/** Without white space around it, a byte order mark, and record separators (RFC 7464). */
function trimmed(line: Buffer): Buffer {
  let from = 0
  let to = line.length
  if (line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf) from = 3
  while (from < to && (isSpace(line[from]) || line[from] === 30)) from++
  while (to > from && isSpace(line[to - 1])) to--
  return line.subarray(from, to)
}

const envelope = /"(?:records|value)"[ \t\r]*:[ \t\r]*\[[ \t\r]*(?:[{\]]|$)/

/** Whether a line may be `{"records":[…]}` or `{"value":[…]}`; the reader decides. */
function isEnvelope(text: Buffer): boolean {
  if (!text.includes('"records"') && !text.includes('"value"')) return false
  return envelope.test(text.toString('latin1'))
}
