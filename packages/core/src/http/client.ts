import { collect, plain } from './body.ts'
import { createDispatcher } from './dispatcher.ts'
import { exchange, Late } from './exchange.ts'
import type { Http, HttpAnswer, HttpOptions, HttpRequest, HttpStream } from './types.ts'

const defaultDeadlineMs = 120_000
const defaultMaxBytes = 64 * 1024 * 1024

/** A client. Proxy, private authority, client certificate and time limits hold for all of its requests. */
export function createHttp(options: HttpOptions = {}): Http {
  const dispatcher = createDispatcher(options)
  const open = async (request: HttpRequest): Promise<HttpStream> => {
    request.signal?.throwIfAborted()
    const { signal, done } = deadline(request)
    try {
      const { status, headers, body } = await exchange(dispatcher, request, signal)
      return { status, headers, body: plain(body, headers, request, done) }
    } catch (error) {
      done()
      throw error
    }
  }
  const request = async (request: HttpRequest): Promise<HttpAnswer> => {
    const { status, headers, body } = await open(request)
    return { status, headers, body: await collect(body, request, request.maxBytes ?? defaultMaxBytes) }
  }
  return { open, request, close: () => dispatcher.destroy() }
}

/** A signal that ends the exchange when the caller's does or when the deadline is over; `done` forgets the timer. */
function deadline({ signal: outer, deadlineMs = defaultDeadlineMs }: HttpRequest) {
  const controller = new AbortController()
  const late = () => controller.abort(new Late(`no whole answer in ${deadlineMs} ms`))
  const timer = setTimeout(late, deadlineMs)
  const abort = () => controller.abort(outer?.reason)
  outer?.addEventListener('abort', abort, { once: true })
  const done = () => {
    clearTimeout(timer)
    outer?.removeEventListener('abort', abort)
  }
  return { signal: controller.signal, done }
}
