import type { Lane, OwnEvent, StreamReport } from '@siembridge/core'
import type { DeadLetter } from '@siembridge/core/pipeline'
import { CountedSpans } from './event-counts.ts'
import { type InputStatus, type LetterRecord, type NoteRecord, statusForm, type StreamRecord } from './record.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
/** Letters and notes that a document holds. */
const newest = 20
/** Characters of a letter that a document holds. */
const letterLength = 500

export interface StatusFacts {
  readonly stanza: string
  readonly host: string
  readonly now: () => number
  /** Something changed; `urgent` where a person waits for it. */
  readonly changed: (urgent: boolean) => void
}

/** What is known of an input while it runs. */
export class InputReporter {
  private readonly facts: StatusFacts
  private readonly startedMs: number
  private state: InputStatus['state'] = 'starting'
  private told: Pick<InputStatus, 'account' | 'tenant' | 'rewound'> = {}
  private error: InputStatus['error']
  private readonly streams = new Map<string, StreamRecord>()
  private readonly lanes = new Map<string, Lane>()
  private events = 0
  private lastEventMs: number | undefined
  private minutes = new CountedSpans(minuteMs, 60)
  private hours = new CountedSpans(hourMs, 48)
  private deadLetters = 0
  private letters: readonly LetterRecord[] = []
  private notes: readonly NoteRecord[] = []

  constructor(facts: StatusFacts) {
    this.facts = facts
    this.startedMs = facts.now()
  }

  /** Goes on counting where an earlier run ended. */
  resume({ minutes, hours, lastEventMs, notes }: InputStatus): void {
    this.minutes = new CountedSpans(minuteMs, 60, minutes)
    this.hours = new CountedSpans(hourMs, 48, hours)
    this.lastEventMs ??= lastEventMs
    this.notes = [...this.notes, ...notes].slice(0, newest)
  }

  begins(account: string, tenant: string, streams: readonly string[]): void {
    this.told = { ...this.told, account, tenant }
    this.error = undefined
    this.state = 'collecting'
    for (const stream of streams)
      if (!this.streams.has(stream)) this.streams.set(stream, { stream, state: 'starting', received: 0 })
    this.facts.changed(true)
  }

  failed(error: NonNullable<StreamReport['error']>): void {
    this.error = { ...error, sinceMs: this.error?.sinceMs ?? this.facts.now() }
    this.state = 'failing'
    this.facts.changed(true)
  }

  ends(): void {
    this.state = 'stopped'
    this.facts.changed(true)
  }

  /** The position of a stream was set as a person wanted it. */
  rewound(stream: string, toMs: number): void {
    const before = this.told.rewound?.streams ?? {}
    this.told = { ...this.told, rewound: { atMs: this.facts.now(), streams: { ...before, [stream]: toMs } } }
    this.facts.changed(true)
  }

  opened(stream: string, lane: Lane): void {
    this.lanes.set(stream, lane)
  }

  report(stream: string, report: StreamReport): void {
    const before = this.streams.get(stream) ?? { stream, state: 'starting', received: 0 }
    const after = reported(before, report, this.facts.now())
    this.streams.set(stream, after)
    this.facts.changed(after.state !== before.state || after.error?.message !== before.error?.message)
  }

  tell({ severity, message }: OwnEvent): void {
    this.notes = [{ atMs: this.facts.now(), severity, message }, ...this.notes].slice(0, newest)
    this.facts.changed(false)
  }

  received(stream: string, records: number): void {
    const before = this.streams.get(stream)
    if (before) this.streams.set(stream, { ...before, received: before.received + records })
  }

  sent(events: number): void {
    const now = this.facts.now()
    this.events += events
    this.lastEventMs = now
    this.minutes.add(events, now)
    this.hours.add(events, now)
    this.facts.changed(false)
  }

  /** All letters that there are, oldest first. */
  lettersAre(letters: readonly DeadLetter[]): void {
    this.deadLetters = letters.length
    this.letters = letters
      .slice(-newest)
      .toReversed()
      .map((letter) => letterRecord(letter))
    this.facts.changed(false)
  }

  record(): InputStatus {
    const { stanza, host, now } = this.facts
    const nowMs = now()
    return {
      form: statusForm,
      stanza,
      writtenMs: nowMs,
      startedMs: this.startedMs,
      host,
      state: this.state,
      ...this.told,
      ...(this.error && { error: this.error }),
      streams: [...this.streams.values()].map((stream) => this.withPosition(stream)),
      events: this.events,
      ...(this.lastEventMs !== undefined && { lastEventMs: this.lastEventMs }),
      minutes: this.minutes.until(nowMs),
      hours: this.hours.until(nowMs),
      deadLetters: this.deadLetters,
      letters: this.letters,
      notes: this.notes,
    }
  }

  private withPosition(stream: StreamRecord): StreamRecord {
    const position = this.lanes.get(stream.stream)?.position
    return position === undefined ? stream : { ...stream, position: Buffer.from(position).toString('utf8') }
  }
}

function reported(
  before: StreamRecord,
  { state, collectedToMs, late, error }: StreamReport,
  nowMs: number,
): StreamRecord {
  const { failingSinceMs, error: _, ...kept } = before
  const failing = state === 'error' || state === 'parked'
  return {
    ...kept,
    state,
    ...(collectedToMs !== undefined && { collectedToMs }),
    ...(state === 'connected' && { lastGoodMs: nowMs }),
    ...(failing && { failingSinceMs: failingSinceMs ?? nowMs }),
    ...(late && { late }),
    ...(state !== 'connected' && error && { error }),
    ...(state === 'throttled' && { throttled: { times: (before.throttled?.times ?? 0) + 1, lastMs: nowMs } }),
  }
}

const letterRecord = ({ at, name, reason, text, base64 }: DeadLetter): LetterRecord => ({
  atMs: at,
  name,
  reason,
  text: (text ?? `base64: ${base64 ?? ''}`).slice(0, letterLength),
})
