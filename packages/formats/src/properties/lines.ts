/** A line with the lines that continue it. */
export interface LogicalLine {
  /** Without what continues it: backslash, line end and the white space after it. */
  readonly chars: string
  /** Where each of `chars` stands in the file. */
  readonly places: readonly number[]
  /** Line in the file on which it begins, from 1. */
  readonly line: number
}

/** Lines that hold something, cut as `java.util.Properties.LineReader` cuts them. */
export function logicalLines(text: string): readonly LogicalLine[] {
  const reader = new LineReader()
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? ''
    if (char === '\n' || (char === '\r' && text[at + 1] !== '\n')) {
      // Java looks for more before it takes the backslash away: without more, what is left is a line even if it is empty.
      if (at === text.length - 1 && text[at - 1] !== '\r') return reader.end()
      reader.lineEnd()
    } else if (char !== '\r') reader.char(char, at)
  }
  return reader.end()
}

class LineReader {
  private readonly done: LogicalLine[] = []
  private number = 1
  private first = 1
  private chars: string[] = []
  private places: number[] = []
  private comment = false
  /** White space at the start of a line is not part of it. */
  private skipping = true
  private backslash = false

  char(char: string, at: number): void {
    if (this.comment || (this.skipping && /[ \t\f]/.test(char))) return
    this.skipping = false
    if (this.chars.length === 0) {
      this.first = this.number
      this.comment = char === '#' || char === '!'
      if (this.comment) return
    }
    this.chars.push(char)
    this.places.push(at)
    this.backslash = char === '\\' && !this.backslash
  }

  lineEnd(): void {
    if (this.backslash) this.chars.pop()
    else if (this.chars.length > 0) this.take()
    this.places.length = this.chars.length
    this.comment = false
    this.skipping = true
    this.backslash = false
    this.number++
  }

  end(): readonly LogicalLine[] {
    const some = this.chars.length > 0
    if (this.backslash) this.chars.pop()
    // A lone backslash at the end of the file is an empty key to Java.
    if (some) this.take()
    return this.done
  }

  private take(): void {
    this.done.push({ chars: this.chars.join(''), places: this.places, line: this.first })
    this.chars = []
    this.places = []
  }
}
