const quote = 34
const backslash = 92
const comma = 44
const colon = 58
const openBrace = 123
const closeBrace = 125
const openBracket = 91
const closeBracket = 93
const newline = 10

const isSpace = (c: number): boolean => c === 32 || c === 9 || c === 13 || c === newline

/** Follows the brackets of JSON text, however it is cut into pieces. */
export class Brackets {
  private readonly stack: number[] = []
  private inString = false
  private escaped = false
  private last = 0

  /** Every bracket is closed. */
  get closed(): boolean {
    return this.stack.length === 0 && !this.inString
  }

  /**
   * Whether a line feed here breaks a value off where the next line begins with `{`: within a string, or where JSON allows no
   * object.
   */
  get broken(): boolean {
    if (this.inString) return true
    const inside = this.stack.at(-1)
    if (inside === openBracket) return this.last !== comma && this.last !== openBracket
    return inside === openBrace && this.last !== colon
  }

  /** Answers where the outermost value was closed first, or -1. */
  feed(bytes: Uint8Array): number {
    let closedAt = -1
    for (let at = 0; at < bytes.length; at++) {
      const c = bytes[at] as number
      if (this.inString) this.stringByte(c)
      else if (!isSpace(c)) {
        this.structure(c)
        if (closedAt < 0 && this.stack.length === 0 && (c === closeBrace || c === closeBracket)) closedAt = at
      }
    }
    return closedAt
  }

  private stringByte(c: number): void {
    if (this.escaped) this.escaped = false
    else if (c === backslash) this.escaped = true
    else if (c === quote) {
      this.inString = false
      this.last = quote
    }
  }

  private structure(c: number): void {
    if (c === quote) this.inString = true
    else if (c === openBrace || c === openBracket) this.stack.push(c)
    else if (c === closeBrace || c === closeBracket) this.stack.pop()
    this.last = c
  }
}

/** Whether a text is one bracketed value from its first byte to its last. */
export const isOneValue = (text: Uint8Array): boolean => new Brackets().feed(text) === text.length - 1
