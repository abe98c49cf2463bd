import { randomBytes } from 'node:crypto'

/** Where a page ended: its last item, or how many items came before. */
export interface Position {
  readonly ticks: number
  readonly id: string
  readonly offset: number
}

/** Hands out opaque tokens for positions; a token can be used many times until it expires. */
export class SkipTokens {
  readonly #lifeMs: number
  readonly #positions = new Map<string, { readonly position: Position; readonly until: number }>()

  constructor(seconds: number) {
    this.#lifeMs = seconds * 1000
  }

  issue(position: Position): string {
    this.#sweep()
    const token = randomBytes(24).toString('base64url')
    this.#positions.set(token, { position, until: Date.now() + this.#lifeMs })
    return token
  }

  /** The position, or undefined when the token was never issued or has expired. */
  read(token: string): Position | undefined {
    const found = this.#positions.get(token)
    return found && found.until > Date.now() ? found.position : undefined
  }

  // The oldest come first.
  #sweep(): void {
    for (const [token, { until }] of this.#positions) {
      if (until > Date.now()) return
      this.#positions.delete(token)
    }
  }
}
