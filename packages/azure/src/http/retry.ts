import { type Clock, SiembridgeError } from '@siembridge/core'
import { HttpFailure } from '@siembridge/core/http'
import { retryAfter } from '@siembridge/core/target'
import type { Answer, Ask, Layer, Verdict } from './send.ts'

export interface RetryOptions {
  readonly clock: Clock
  /** What is asked, for a sentence: `Microsoft Graph of tenant contoso`. */
  readonly service: string
  readonly verdict: (answer: Answer) => Verdict
  /** Makes everyone wait who shares the quota. */
  readonly pause: (ms: number) => void
  readonly attempts?: number
  readonly random?: () => number
}

const firstMs = 2000
const mostMs = 60_000

/** Own back-off: 2 s, doubling up to 60 s, less up to half of it by chance, so that those who failed together do not return together. */
const backOff = (attempt: number, random: () => number): number =>
  Math.min(mostMs, firstMs * 2 ** attempt) * (1 - random() / 2)

/** Failures of which the same request would only be another one. */
const pointless: readonly string[] = ['too-large']

/** Makes a request again that was throttled or failed. What Retry-After says is obeyed in full. */
export function retrying({ clock, service, verdict, pause, attempts = 6, random = Math.random }: RetryOptions): Layer {
  return (next) => async (ask) => {
    for (let attempt = 0; ; attempt++) {
      const { answer, failure } = await outcome(next, ask)
      const says = answer ? verdict(answer) : 'again'
      if (answer && says === 'done') return answer
      if (attempt + 1 >= (ask.attempts ?? attempts)) throw failure ?? exhausted(service, says, answer)
      const told = retryAfter(answer?.headers['retry-after'], Date.parse(answer?.headers['date'] ?? '') || clock.now())
      const ms = told ?? backOff(attempt, random)
      ask.onWait?.({ why: says === 'throttled' ? 'throttled' : 'failing', ms })
      if (says === 'throttled' || told !== undefined) pause(ms)
      await clock.sleep(ms, ask.signal)
    }
  }
}

/** An answer, or a failure of the network that may mend itself. */
async function outcome(
  next: (ask: Ask) => Promise<Answer>,
  ask: Ask,
): Promise<{ answer?: Answer; failure?: HttpFailure }> {
  try {
    return { answer: await next(ask) }
  } catch (error) {
    if (error instanceof HttpFailure && !pointless.includes(error.kind)) return { failure: error }
    throw error
  }
}

const exhausted = (service: string, says: Verdict, answer: Answer | undefined): SiembridgeError =>
  says === 'throttled'
    ? new SiembridgeError('Throttled', service)
    : new SiembridgeError('ServiceFailing', service, `status ${answer?.status}${requestId(answer)}`)

const requestId = (answer: Answer | undefined): string => {
  const id = answer?.headers['request-id']
  return id === undefined ? '' : `, request-id ${id}`
}
