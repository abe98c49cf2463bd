/** Thrown inside the translator, and made a FormatProblem at its door. */
export class Refused extends Error {
  readonly at: number

  constructor(at: number, reason: string) {
    super(reason)
    this.at = at
  }
}

/** A place in a pattern. Positions are chars, steps are code points, as java.util.regex takes them. */
export class Cursor {
  readonly text: string
  at = 0

  constructor(text: string) {
    this.text = text
  }

  get done(): boolean {
    return this.at >= this.text.length
  }

  looksAt(start: string): boolean {
    return this.text.startsWith(start, this.at)
  }

  /** Steps over `start` if it stands here. */
  eat(start: string): boolean {
    const found = this.looksAt(start)
    if (found) this.at += start.length
    return found
  }

  /** Steps over what the sticky expression matches here, and gives its groups. */
  match(sticky: RegExp): RegExpExecArray | null {
    sticky.lastIndex = this.at
    const found = sticky.exec(this.text)
    if (found) this.at += found[0].length
    return found
  }

  /** The next code point; refused where the pattern ends or half a surrogate pair stands. */
  take(): number {
    const code = this.text.codePointAt(this.at)
    if (code === undefined) this.refuse('the pattern ends too early')
    if (code >= 0xd800 && code <= 0xdfff) this.refuse('half of a surrogate pair')
    this.at += code > 0xffff ? 2 : 1
    return code
  }

  refuse(reason: string, at = this.at): never {
    throw new Refused(at, reason)
  }
}
