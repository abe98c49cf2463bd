import { entityTables, logTypes } from '@siembridge/catalog'
import { compileFilter } from '../filter/compile.ts'
import { parseFilter } from '../filter/parse.ts'
import { prepare } from '../interpret/prepared.ts'
import type { EventView } from '../interpret/view.ts'
import { timeMs } from '../values/time.ts'
import { createViewer, type Viewed } from './viewer.ts'

/** What the pipeline has to know of a record before it keeps it. */
export interface Annotation {
  readonly type: string
  /** Strict JSON on one line, secrets masked. */
  readonly bytes: Buffer
  /** Event id of the record's first event. */
  readonly key: string
  /** By Microsoft's contract the key alone names the record. */
  readonly unique: boolean
  readonly object?: { readonly id: string; readonly significant: string }
  readonly events: readonly { readonly id: string; readonly timeMs?: number; readonly severity: string }[]
  /** Bit `i` is set where filter `i` keeps at least one of the events. */
  readonly routes: number
  readonly mended?: string
}

export interface RecordAnnotator {
  /** Never throws for what a record holds. `tenant` stands where the record does not tell its tenant. */
  annotate(
    record: Buffer,
    tenant: string | undefined,
  ): Annotation | { readonly rejected: string; readonly bytes: Buffer }
}

export interface AnnotatorOptions {
  /** One a route: the filter of its events, or undefined where it takes all. At most 31. Throws FilterError. */
  readonly filters: readonly (string | undefined)[]
}

export async function createAnnotator({ filters }: AnnotatorOptions): Promise<RecordAnnotator> {
  const prepared = prepare(logTypes, entityTables)
  const viewer = await createViewer(prepared)
  const keeps = filters.map((text) =>
    text === undefined ? () => true : compileFilter(parseFilter(text, prepared.dictionary)),
  )
  const routesOf = (views: readonly EventView[]): number =>
    keeps.reduce((mask, keep, bit) => (views.some(keep) ? mask | (1 << bit) : mask), 0)
  return {
    annotate(record, tenant) {
      const viewed = viewer(record, tenant ?? '')
      return 'rejected' in viewed ? viewed : annotation(viewed, record, routesOf(viewed.views))
    },
  }
}

function annotation(viewed: Viewed, record: Buffer, routes: number): Annotation {
  const { candidate, views, text, untouched, mended } = viewed
  const [first] = views
  const object = first?.objects[0]
  const significant = first?.significant ?? ''
  return {
    type: candidate.type.id,
    bytes: untouched ? record : Buffer.from(text),
    // A record without any event (an empty list of tuples) goes nowhere; its bytes name it.
    key: first?.eventId ?? '00000000-0000-0000-0000-000000000000',
    unique: first !== undefined && candidate.type.uniqueKey,
    ...(object && (candidate.type.significant?.length ?? 0) > 0 && { object: { id: object.id, significant } }),
    events: views.map(eventOf),
    routes,
    ...(mended !== undefined && { mended }),
  }
}

const eventOf = ({ eventId, time, severity }: EventView): Annotation['events'][number] => ({
  id: eventId,
  severity,
  ...(time !== undefined && { timeMs: timeMs(time) }),
})
