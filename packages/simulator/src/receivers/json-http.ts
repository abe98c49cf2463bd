import { httpReceiver } from './http-receiver.ts'
import { arraySlices } from '../json-slices.ts'
import type { Answer, Posted } from './http-receiver.ts'
import type { Receiver, ReceiverContext } from './receiver.ts'
import type { HttpSpec, ReceiverSpec } from './spec.ts'

/** A receiver of JSON over HTTP: NDJSON or an array, by the first byte. */
export function jsonHttp(spec: Extract<ReceiverSpec, { kind: 'http' }>, context: ReceiverContext): Receiver {
  return httpReceiver('http', spec, context, (posted) => take(posted, spec, context))
}

function take(posted: Posted, spec: HttpSpec, { recorder, name }: ReceiverContext): Answer {
  if (!isAllowed(posted, spec)) return { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: '' }
  const events = posted.body && eventsOf(posted.body)
  if (!events) return { status: 400, body: '{"error":"the body is neither NDJSON nor a JSON array of objects"}' }
  const acknowledges = events.map((event) => recorder.keep(name, posted.connection, event))
  return { status: spec.status ?? 200, body: '{}', acknowledges }
}

function isAllowed({ headers }: Posted, { bearer, basic }: HttpSpec): boolean {
  const wanted = [
    ...(bearer === undefined ? [] : [`Bearer ${bearer}`]),
    ...(basic ? [`Basic ${Buffer.from(`${basic.user}:${basic.password}`).toString('base64')}`] : []),
  ]
  return wanted.length === 0 || wanted.includes(headers.authorization ?? '')
}

function eventsOf(body: Buffer): Buffer[] | undefined {
  if (/^\s*\[/.test(body.toString('latin1', 0, 100))) return arraySlices(body)
  const lines: Buffer[] = []
  for (let from = 0; from < body.length;) {
    const end = body.indexOf(10, from)
    const line = body.subarray(from, end < 0 ? body.length : end)
    if (line.toString('latin1').trim() !== '') lines.push(line)
    from = end < 0 ? body.length : end + 1
  }
  return lines.every(isJson) ? lines : undefined
}

function isJson(line: Buffer): boolean {
  try {
    JSON.parse(line.toString())
    return true
  } catch {
    return false
  }
}
