import type { HttpAnswer, HttpRequest } from '@siembridge/core/http'

/** Why a request waits: for the quota to be free again, or for a service that fails to recover. */
export interface Wait {
  readonly why: 'throttled' | 'failing'
  readonly ms: number
}

export interface Ask extends HttpRequest {
  /** Attempts in all; those of the API unless told. */
  readonly attempts?: number | undefined
  /** Told before each wait between attempts. */
  readonly onWait?: ((wait: Wait) => void) | undefined
}

export interface Answer extends HttpAnswer {
  /** The body, where it is JSON. */
  readonly json?: unknown
}

export type Send = (ask: Ask) => Promise<Answer>

/** Something that happens around each request. */
export type Layer = (next: Send) => Send

/** What an API's answer calls for. `again`: the service failed, and the same request may succeed later. */
export type Verdict = 'done' | 'throttled' | 'again'

/** First of the layers is the outermost. */
export const layered = (send: Send, ...layers: readonly Layer[]): Send =>
  layers.reduceRight((next, layer) => layer(next), send)
