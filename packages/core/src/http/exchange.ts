import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import { HttpFailure, kindOf } from './failure.ts'
import type { HttpRequest } from './types.ts'

export interface Exchange {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
}

/** Reason of a signal that the time allowed for the whole exchange is over. */
export class Late extends Error {}

type Headers = Readonly<Record<string, string | string[] | undefined>>

const joined = (headers: Headers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )

/**
 * Origin and path of an address. What can stand on the wire stays as it is (URL would change `'` to `%27`): next pages of lists are
 * opaque.
 */
function addressOf(address: string): { origin: string; path: string } {
  const { origin, pathname, search } = new URL(address)
  const asItIs = /^https?:\/\/[^/?#\\]+(\/[!-"$-[\]-~]*)$/i.exec(address)?.[1]
  return { origin, path: asItIs ?? pathname + search }
}

const defaults = { 'accept-encoding': 'gzip', 'user-agent': 'SIEMbridge' }

/** Makes one request. `signal` ends it at any time, also before a connection stands and within the body. */
export function exchange(dispatcher: Dispatcher, request: HttpRequest, signal: AbortSignal): Promise<Exchange> {
  const { promise, resolve, reject } = Promise.withResolvers<Exchange>()
  const handler = new Handler(request, signal, resolve, reject)
  try {
    const { origin, path } = addressOf(request.url)
    const headers = { ...defaults, ...request.headers }
    const { method, body = null } = request
    dispatcher.dispatch({ origin, path, method, headers, body }, handler)
  } catch (error) {
    handler.onResponseError(undefined, error)
  }
  return promise
}

/** Turns what undici tells about an exchange into a promise of headers and a stream with back-pressure. */
class Handler implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined
  #body: Readable | undefined
  readonly #request: HttpRequest
  readonly #signal: AbortSignal
  readonly #resolve: (exchange: Exchange) => void
  readonly #reject: (reason: unknown) => void
  readonly #aborted = (): void => {
    const reason = this.#reason()
    this.#controller?.abort(reason as Error)
    this.#fail(reason)
  }

  constructor(
    request: HttpRequest,
    signal: AbortSignal,
    resolve: (exchange: Exchange) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#request = request
    this.#signal = signal
    this.#resolve = resolve
    this.#reject = reject
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', this.#aborted, { once: true })
  }

  /** Whether the request was begun on a connection. */
  get started(): boolean {
    return this.#controller !== undefined
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#signal.aborted) return controller.abort(this.#reason() as Error)
    this.#controller = controller
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return
    const body = new Readable({
      read: () => controller.resume(),
      destroy: (error, done) => {
        if (!body.readableEnded) controller.abort(error ?? new Error('the body is not wanted'))
        done(error)
      },
    })
    this.#body = body
    this.#resolve({ status, headers: joined(headers), body })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#body?.push(chunk) === false) controller.pause()
  }

  onResponseEnd(): void {
    this.#signal.removeEventListener('abort', this.#aborted)
    this.#body?.push(null)
  }

  onResponseError(_: unknown, error: unknown): void {
    this.#signal.removeEventListener('abort', this.#aborted)
    this.#fail(this.#signal.aborted ? this.#reason() : this.#failure(error))
  }

  #reason(): unknown {
    const reason: unknown = this.#signal.reason
    return reason instanceof Late ? new HttpFailure('timeout', this.#request.url, this.started, reason) : reason
  }

  #failure(error: unknown): HttpFailure {
    return new HttpFailure(kindOf(error, this.#body !== undefined), this.#request.url, this.started, error)
  }

  #fail(reason: unknown): void {
    if (this.#body) this.#body.destroy(reason as Error)
    else this.#reject(reason)
  }
}
