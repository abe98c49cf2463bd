import type { Http } from '@siembridge/core/http'
import type { Send } from './send.ts'

/** The network itself, with the body read as JSON where it is. */
export const sendJson =
  (http: Http): Send =>
  async (ask) => {
    const answer = await http.request(ask)
    return { ...answer, json: parse(answer.body) }
  }

function parse(body: Buffer): unknown {
  if (body.length === 0) return undefined
  try {
    // A byte order mark is no JSON; some gateways send one all the same.
    return JSON.parse(body.toString().replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
