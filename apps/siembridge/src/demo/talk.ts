import { colour, columns } from '../terminal/style.ts'

const everyMs = 3000

/** What people read: sentences that stay, and one line that tells how far it is. */
export class Talk {
  readonly #out: NodeJS.WriteStream
  #open = false
  #lastMs = 0

  /** With `json`, standard output belongs to the object at the end. */
  constructor(json: boolean) {
    this.#out = json ? process.stderr : process.stdout
  }

  say(text: string): void {
    this.#clear()
    this.#out.write(`${text}\n`)
  }

  bold(text: string): void {
    this.say(this.#out === process.stdout ? colour('bold', text) : text)
  }

  /** On standard error: redrawn on a terminal, else a line every few seconds. */
  progress(text: string): void {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\u001B[K${text.slice(0, columns() - 1)}`)
      this.#open = true
    } else if (Date.now() - this.#lastMs >= everyMs) {
      process.stderr.write(`${text}\n`)
      this.#lastMs = Date.now()
    }
  }

  #clear(): void {
    if (this.#open) process.stderr.write('\r\u001B[K')
    this.#open = false
  }
}

export const count = (number: number): string => number.toLocaleString('en-US')
