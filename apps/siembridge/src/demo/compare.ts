import { cefSubstituted, isProblem, leefSubstituted, readCef, readLeef, readSyslog } from '@siembridge/formats'
import { cefValues, flatValues, type Inspected, inspect, leefValues } from '@siembridge/engine/inspect'

export type DemoFormat = 'cef' | 'leef' | 'flat'

/** What came of one format: counts, and what differed. */
export interface Comparison {
  readonly format: DemoFormat
  readonly sent: number
  readonly arrived: number
  readonly fields: number
  readonly shortened: number
  readonly differences: readonly string[]
}

interface Expected {
  readonly id: string
  readonly values: ReadonlyMap<string, string>
}

/** Reads back what arrived and compares it, field by field, with what the reference interpreter makes of the records. */
export function compare(format: DemoFormat, records: readonly Buffer[], messages: readonly string[]): Comparison {
  const expected = records.flatMap((bytes) => expectedOf(format, inspect(bytes)))
  const differences: string[] = []
  let fields = 0
  let shortened = 0
  // One connection keeps the order. The ids cannot stand in for it: a sign-in that came through two doors has one id.
  for (const [at, { id, values }] of expected.entries()) {
    const message = messages[at]
    const got = message === undefined ? undefined : readBack(format, message)
    if (got?.get(idKey[format]) !== id) {
      differences.push(
        `event ${at + 1}: sent ${id}, read ${got?.get(idKey[format]) ?? got?.get('problem') ?? 'nothing'}`,
      )
      continue
    }
    const cut = got.get('cn3Label') === 'TruncatedBytes' || got.has('sbTruncated')
    if (cut) shortened++
    for (const [key, value] of values) {
      const read = got.get(key)
      if (read === undefined && (cut || value === '')) continue
      fields++
      if (read !== value && !(cut && read?.endsWith('...')) && !(format === 'flat' && read === String(Number(value))))
        differences.push(`${id} ${key}: sent ${JSON.stringify(value)}, read ${JSON.stringify(read)}`)
    }
  }
  return { format, sent: expected.length, arrived: messages.length, fields, shortened, differences }
}

const idKey: Readonly<Record<DemoFormat, string>> = { cef: 'flexString2', leef: 'sb_event_id', flat: 'sb_event_id' }

function expectedOf(format: DemoFormat, inspected: Inspected | undefined): Expected[] {
  if (!inspected) return []
  const { candidate, views } = inspected
  return views.map((view) => ({ id: view.eventId, values: sorted(format, view, candidate) }))
}

function sorted(
  format: DemoFormat,
  view: Inspected['views'][number],
  candidate: Inspected['candidate'],
): ReadonlyMap<string, string> {
  if (format === 'flat') return flatValues(view, candidate)
  const values = format === 'cef' ? cefValues(view, candidate) : leefValues(view, candidate)
  const substituted = format === 'cef' ? cefSubstituted : leefSubstituted
  return new Map([...values].map(([key, value]) => [key, substituted(value).toWellFormed()]))
}

/** A message as keys and texts; a text that cannot be read is a message without any. */
function readBack(format: DemoFormat, message: string): ReadonlyMap<string, string> {
  const header = readSyslog(message, { year: new Date().getUTCFullYear() })
  const text = isProblem(header) ? message : header.message
  if (format === 'flat')
    return new Map(
      Object.entries(JSON.parse(text) as Record<string, unknown>).map(([key, value]) => [key, String(value)]),
    )
  const read = format === 'cef' ? readCef(text) : readLeef(text)
  if (isProblem(read)) return new Map([['problem', read.problem]])
  return new Map(Object.entries('extensions' in read ? read.extensions : read.attributes))
}
