import type { Context, Middleware } from '@microsoft/microsoft-graph-client'
import type { Answer, Ask, Layer, Send } from '../http/send.ts'

/**
 * What travels with one call through the SDK's chain. The SDK turns what a middleware throws into errors without a cause, and would
 * copy the body into a Response; so both stay here.
 */
export class Call {
  ask: Ask
  answer: Answer | undefined
  failure: unknown
  /** A next page's address, to be used as it is: the SDK would take it apart and put it together again. */
  readonly verbatim: boolean
  constructor(ask: Ask, verbatim: boolean) {
    this.ask = ask
    this.verbatim = verbatim
  }
}

const callOf = (context: Context): Call => {
  const call: unknown = context.middlewareControl?.getMiddlewareOptions(Call)
  return call as Call
}

/** First of the chain: takes over the address that the SDK built, and keeps what goes wrong. */
export class Entrance implements Middleware {
  #next: Middleware | undefined
  setNext(next: Middleware): void {
    this.#next = next
  }
  async execute(context: Context): Promise<void> {
    const call = callOf(context)
    if (!call.verbatim) call.ask = { ...call.ask, url: String(context.request) }
    try {
      await this.#next?.execute(context)
    } catch (error) {
      call.failure = error
    }
    // All that the SDK itself wants of an answer.
    context.response = new Response(null, { status: 200 })
  }
}

/** One of our layers as a middleware. */
export class LayerMiddleware implements Middleware {
  #next: Middleware | undefined
  readonly #layer: Layer
  constructor(layer: Layer) {
    this.#layer = layer
  }
  setNext(next: Middleware): void {
    this.#next = next
  }
  async execute(context: Context): Promise<void> {
    const call = callOf(context)
    const send = this.#layer(async (ask) => {
      call.ask = ask
      await this.#next?.execute(context)
      return call.answer as Answer
    })
    call.answer = await send(call.ask)
  }
}

/** Last of the chain: the network. */
export class Exit implements Middleware {
  readonly #send: Send
  constructor(send: Send) {
    this.#send = send
  }
  async execute(context: Context): Promise<void> {
    const call = callOf(context)
    call.answer = await this.#send(call.ask)
  }
}
