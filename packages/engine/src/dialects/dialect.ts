import type { Candidate } from '../interpret/recognise.ts'
import type { Prepared } from '../interpret/prepared.ts'
import type { EventView } from '../interpret/view.ts'
import type { TextMode } from '../values/ids.ts'
import { capOf } from './caps.ts'
import { encodeCef } from './cef/encode.ts'
import { cefPlan } from './cef/plan.ts'
import { encodeEcs } from './ecs/encode.ts'
import { encodeFlat, encodeFlatShortFirst } from './flat/encode.ts'
import { flatPlan } from './flat/plan.ts'
import { fitFlat } from './flat/shrink.ts'
import { encodeHec } from './hec/encode.ts'
import { isPublished, ownSourcetype, sourcetypeOf } from './hec/sourcetypes.ts'
import { encodeLeef } from './leef/encode.ts'
import { leefPlan } from './leef/plan.ts'
import type { Format } from '../formats.ts'
import { encodeAgent } from './agent/encode.ts'

/** A way to write an event as one line. */
export interface Dialect {
  readonly format: Format
  /** Largest line in bytes; 0 for no limit. */
  readonly cap: number
  /** `record` is the text that the event came from, one line, secrets masked. */
  encode(view: EventView, record: string, candidate: Candidate, mode: TextMode): string
}

export function dialectOf(
  format: Format,
  prepared: Prepared,
  maxBytes: number | undefined,
  now: () => number,
): Dialect {
  const cap = capOf(format, maxBytes)
  return { format, cap, encode: encoders[format](prepared, cap, now) }
}

type Maker = (prepared: Prepared, cap: number, now: () => number) => Dialect['encode']

const encoders: Readonly<Record<Format, Maker>> = {
  cef: (prepared, cap) => {
    const plans = perType((c) => cefPlan(c.type, prepared))
    return (view, _, candidate, mode) => encodeCef(view, plans(candidate), cap, mode)
  },
  leef: (prepared, cap) => {
    const plans = perType((c) => leefPlan(c, prepared))
    return (view, _, candidate, mode) => encodeLeef(view, plans(candidate), cap, mode)
  },
  flat: (prepared, cap) => {
    const plans = perType((c) => flatPlan(c, prepared))
    return (view, _, candidate, mode) => fitFlat((items) => encodeFlat(view, items, mode), plans(candidate), cap, mode)
  },
  'raw+': (prepared) => {
    const plans = perType((c) => flatPlan(c, prepared))
    return (view, record, candidate, mode) =>
      `${record.slice(0, record.lastIndexOf('}'))},"sb":${encodeFlat(view, plans(candidate), mode)}}`
  },
  ecs: (prepared, _, now) => (view) => encodeEcs(view, prepared.dictionary, now()),
  hec: (prepared) => {
    const plans = perType((c) => flatPlan(c, prepared))
    return (view, record, candidate, mode) => {
      const sourcetype = sourcetypeOf(view.type, view.shape)
      // Where one record gives several events, none of them is Microsoft's record.
      return candidate.shape.each === undefined && isPublished(sourcetype)
        ? encodeHec(view, sourcetype, record)
        : encodeHec(view, ownSourcetype(view.type), encodeFlatShortFirst(view, plans(candidate), mode))
    }
  },
  'hec-flat': (prepared) => {
    const plans = perType((c) => flatPlan(c, prepared))
    return (view, _, candidate, mode) =>
      encodeHec(view, ownSourcetype(view.type), encodeFlatShortFirst(view, plans(candidate), mode))
  },
  'mcas-agent': () => (view, _, __, mode) => encodeAgent(view, mode),
}

/** Plans are made once a shape. */
function perType<T>(make: (candidate: Candidate) => T): (candidate: Candidate) => T {
  const made = new Map<Candidate['shape'], T>()
  return (candidate) => {
    let plan = made.get(candidate.shape)
    if (plan === undefined) made.set(candidate.shape, (plan = make(candidate)))
    return plan
  }
}
