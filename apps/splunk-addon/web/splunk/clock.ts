/** A difference that the transport and the whole seconds of a header explain. */
const smallMs = 5000

let aheadMs = 0

/** Takes the time of Splunk from the header Date of an answer (RFC 9110, 6.6.1). */
export function noteServerTime(answer: Response): void {
  const saidMs = Date.parse(answer.headers.get('date') ?? '')
  if (Number.isNaN(saidMs)) return
  const differsMs = saidMs - Date.now()
  aheadMs = Math.abs(differsMs) < smallMs ? 0 : differsMs
}

/** Milliseconds since 1970 by Splunk's clock: inputs write by it, and the one of a person's machine may be wrong. */
export const serverNow = (): number => Date.now() + aheadMs
