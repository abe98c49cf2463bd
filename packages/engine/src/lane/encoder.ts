import { entityTables, logTypes } from '@siembridge/catalog'
import { capOf } from '../dialects/caps.ts'
import { dialectOf } from '../dialects/dialect.ts'
import { createEngine } from '../engine.ts'
import { compileFilter } from '../filter/compile.ts'
import { parseFilter } from '../filter/parse.ts'
import type { Format } from '../formats.ts'
import { prepare, type Prepared } from '../interpret/prepared.ts'
import type { EventView } from '../interpret/view.ts'
import type { LineSink } from '../output.ts'
import { type LinePrefix, prefixOf } from '../prefix.ts'
import { expanded } from './expand.ts'
import { extraBytes, type Extras, withExtras } from './extras.ts'
import { hider, type HideOptions } from './hide.ts'
import { createViewer, type Viewed } from './viewer.ts'
import { hecMeta, type HecOptions } from './hec-meta.ts'

export interface EncoderOptions extends HideOptions {
  readonly to: Format
  /** Which events to keep; all unless told. Throws FilterError. */
  readonly filter?: string
  /** Largest line in bytes for `cef`, `leef` and `flat`; 0 for no limit. */
  readonly maxBytes?: number
  /** What stands before each line; its bytes are not part of `maxBytes`. */
  readonly prefix?: LinePrefix
  /** Each entity as an event of its own, behind the event it belongs to. */
  readonly expand?: boolean
  /** Texts that go with every event. */
  readonly tags?: Readonly<Record<string, string>>
  /** What state targets work on comes with every event: revision, and the whole record unless fields are hidden. `ecs` alone. */
  readonly state?: boolean
  /** Of HEC envelopes alone. */
  readonly hec?: HecOptions
}

export interface RecordEncoder {
  /**
   * Appends the lines of a record's events; answers how many. Never throws for what a record holds. `change` is what happened
   * to the object that the record is a revision of.
   */
  encode(record: Buffer, tenant: string | undefined, change: string | undefined, out: LineSink): number
}

/** An encoder for one target of one route. Throws FilterError, or RangeError for options that contradict the format. */
export async function createEncoder(options: EncoderOptions): Promise<RecordEncoder> {
  refuseRaw(options)
  const prepared = prepare(logTypes, entityTables)
  const general = await viewEncoder(options, prepared)
  // CEF as it is has printing code of its own. What says `change` needs room at its end and takes the other way.
  if (options.to !== 'cef' || hides(options) || options.expand || options.tags) return general
  const { to, filter, maxBytes, prefix } = options
  const engine = await createEngine({
    to,
    ...(filter !== undefined && { filter }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(prefix && { prefix }),
  })
  return {
    encode: (record, tenant, change, out) =>
      change === undefined
        ? engine.record(record, out, false, tenant ?? '').events
        : general.encode(record, tenant, change, out),
  }
}

const hides = ({ drop, mask, pseudonymise }: HideOptions): boolean =>
  (drop?.length ?? 0) + (mask?.length ?? 0) + (pseudonymise?.fields.length ?? 0) > 0

function refuseRaw(options: EncoderOptions): void {
  if (hides(options) && (options.to === 'raw+' || options.to === 'hec'))
    throw new RangeError(
      `${options.to} carries Microsoft's record as it is: fields cannot be hidden in it; use flat or ecs`,
    )
}

async function viewEncoder(options: EncoderOptions, prepared: Prepared): Promise<RecordEncoder> {
  const { to, filter, maxBytes, prefix, expand = false, state = false } = options
  const viewer = await createViewer(prepared)
  const keeps = filter === undefined ? undefined : compileFilter(parseFilter(filter, prepared.dictionary))
  const hide = hides(options) ? hider(options, prepared.dictionary) : undefined
  const tags: Extras = Object.entries(options.tags ?? {})
  const cap = capOf(to, maxBytes)
  const reserved = extraBytes(to, [...tags, ['sbChange', 'unchanged']])
  const dialect = dialectOf(to, prepared, cap === 0 ? 0 : Math.max(512, cap - reserved), Date.now)
  const meta = to.startsWith('hec') && options.hec ? hecMeta(options.hec, prepared.dictionary) : undefined
  const line = (view: EventView, viewed: Viewed, extras: Extras): string => {
    const safe = hide ? hide(view) : view
    const body = withExtras(dialect.encode(safe, viewed.text, viewed.candidate, 'utf8'), to, extras)
    return prefixOf(safe, prefix) + (meta ? meta(body, view) : body)
  }
  return {
    encode(record, tenant, change, out) {
      const viewed = viewer(record, tenant ?? '')
      if ('rejected' in viewed) return 0
      const kept = keeps ? viewed.views.filter(keeps) : viewed.views
      const views = expand ? kept.flatMap(expanded) : kept
      const extras: Extras = change === undefined ? tags : [...tags, ['sbChange', change]]
      const whole: Extras = state && !hide ? [['original', viewed.text]] : []
      for (const view of views)
        out.line(line(view, viewed, state ? [...extras, ...ofState(view), ...whole] : extras), 'utf8')
      return views.length
    },
  }
}

const ofState = ({ tenant, revision }: EventView): Extras => [
  ['tenant', tenant],
  ['revision', revision],
]
