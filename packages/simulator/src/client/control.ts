/** Calls to one control API. */
export class ControlClient {
  readonly #base: string

  constructor(port: number) {
    this.#base = `http://127.0.0.1:${port}`
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.#ask('GET', path)).json()) as T
  }

  async post<T>(path: string, body: unknown = {}): Promise<T> {
    return (await (await this.#ask('POST', path, body)).json()) as T
  }

  /** The lines of an NDJSON answer, parsed one after the other. */
  async lines<T>(path: string): Promise<T[]> {
    const text = await (await this.#ask('GET', path)).text()
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as T)
  }

  async #ask(method: string, path: string, body?: unknown): Promise<Response> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${this.#base}${path}`, { method, ...sent })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
}
