import { readLsx } from '../lsx/read.ts'
import { dsms } from '../native/dsms.ts'
import { universalLeef } from '../plan/leef-plan.ts'
import { evaluate, type EventState, type QidRow } from './event.ts'
import { Compiled } from './pattern.ts'
import { evaluateShipped } from './shipped.ts'
import { presets } from './switches.ts'
import { evaluateLeef } from './universal-leef.ts'

export interface ParsedPayload<Q extends QidRow> {
  readonly state: EventState
  /** Fields of the normalised event; `DeviceTime` in ISO 8601. */
  readonly fields: Readonly<Record<string, string>>
  /** What the look-up gave. */
  readonly qid?: Q
}

const loaded = new Map<string, ReturnType<typeof readLsx>['lsx']>()
const compiled = new Compiled()

/** Parses a payload as a log source type does: by the text of its extension, or as the shipped type of that name. */
export function parsePayload<Q extends QidRow>(
  payload: string,
  { name, extension }: { readonly name: string; readonly extension?: string },
  lookUp: (eventId: string, category: string) => Q | undefined,
): ParsedPayload<Q> {
  const setting = { lookUp, collector: { now: Date.now(), zone: 0 } }
  const shipped = Object.values(dsms).find((dsm) => dsm.name === name)?.key
  if (extension !== undefined && !loaded.has(extension)) loaded.set(extension, readLsx(name, extension).lsx)
  const lsx = extension === undefined ? undefined : loaded.get(extension)
  const event = lsx
    ? evaluate(lsx, compiled, payload, setting, presets)
    : name === universalLeef.name
      ? evaluateLeef(payload, setting, presets)
      : shipped && evaluateShipped(shipped, payload, setting)
  if (!event) return { state: 'stored', fields: {} }
  const time = event.time === undefined ? {} : { DeviceTime: new Date(event.time).toISOString() }
  return { state: event.state, fields: { ...event.fields, ...time }, ...(event.qid && { qid: event.qid as Q }) }
}
