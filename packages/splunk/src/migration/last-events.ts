import { type FoundInput, kindOf } from './found.ts'
import type { Move } from './older.ts'
import { ourApp } from './ours.ts'
import type { RestAnswer, RestRequest } from './rest.ts'

/** The newest event of a sourcetype from one source in one index. */
export interface LastEvent {
  readonly index: string
  readonly sourcetype: string
  readonly source: string
  /** Milliseconds since 1970. */
  readonly timeMs: number
}

/** Sourcetypes that a part of an older input writes. */
export const sourcetypesOfMove = ({ sourcetypes }: Move, { settings }: FoundInput): readonly string[] =>
  sourcetypes.map(({ older, setting }) => (setting === undefined ? undefined : settings[setting]) || older)

/** Sourcetypes of everything that could be taken over. */
export const olderSourcetypes = (inputs: readonly FoundInput[]): readonly string[] =>
  [
    ...new Set(
      inputs.flatMap((input) => kindOf(input.scheme).kind.moves.flatMap((move) => sourcetypesOfMove(move, input))),
    ),
  ].toSorted()

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`

/** One search over index-time fields for the newest event of each sourcetype, index and source of the last 30 days. */
export const lastEventsRequest = (sourcetypes: readonly string[]): RestRequest => ({
  method: 'POST',
  app: ourApp,
  endpoint: 'search/v2/jobs',
  form: {
    exec_mode: 'oneshot',
    output_mode: 'json',
    count: '0',
    earliest_time: '-30d',
    latest_time: '+1d',
    search: `| tstats max(_time) as last where index=* (${sourcetypes.map((name) => `sourcetype=${quoted(name)}`).join(' OR ')}) by index, sourcetype, source`,
  },
})

export function lastEventsOf({ json }: RestAnswer): readonly LastEvent[] {
  const { results } = (json ?? {}) as { readonly results?: readonly Readonly<Record<string, unknown>>[] }
  return (results ?? []).flatMap(({ index, sourcetype, source, last }) => {
    const timeMs = Math.floor(Number(last) * 1000)
    return typeof index === 'string' && typeof sourcetype === 'string' && Number.isFinite(timeMs)
      ? [{ index, sourcetype, source: typeof source === 'string' ? source : '', timeMs }]
      : []
  })
}
