import type { Input } from '../splunk/inputs.ts'
import type { InputStatus, Statuses, StreamRecord } from '../splunk/status.ts'

/** How an input is, in one word; in the order in which it wants a person. */
export const inputStates = {
  failing: { label: 'Failing', look: 'error' },
  silent: { label: 'Not running', look: 'error' },
  partly: { label: 'Partly failing', look: 'warning' },
  throttled: { label: 'Throttled', look: 'warning' },
  starting: { label: 'Starting', look: 'info' },
  unknown: { label: 'Unknown', look: 'outline' },
  collecting: { label: 'Collecting', look: 'success' },
  disabled: { label: 'Disabled', look: 'outline' },
} as const satisfies Readonly<
  Record<string, { readonly label: string; readonly look: 'error' | 'warning' | 'info' | 'success' | 'outline' }>
>
export type InputState = keyof typeof inputStates

/** Programs write at least once a minute. */
const silentMs = 180_000

export interface InputView {
  readonly input: Input
  readonly status: InputStatus | undefined
  readonly state: InputState
  readonly failing: readonly StreamRecord[]
  /** How far behind the slowest stream is that is collected, in milliseconds. */
  readonly lagMs: number | undefined
  /** Events of the last 24 hours. */
  readonly today: number
}

const isFailing = ({ state }: StreamRecord): boolean => state === 'error' || state === 'parked'

/** `statuses` is undefined where they cannot be read. */
export function viewOf(input: Input, statuses: Statuses | undefined, nowMs: number): InputView {
  const status = statuses?.get(input.stanza)?.status
  const failing = status?.streams.filter((stream) => isFailing(stream)) ?? []
  const collected = status?.streams.flatMap(({ collectedToMs }) => collectedToMs ?? []) ?? []
  return {
    input,
    status,
    state: stateOf(input, status, failing.length, statuses === undefined, nowMs),
    failing,
    lagMs: collected.length === 0 ? undefined : Math.max(0, nowMs - Math.min(...collected)),
    today:
      status?.hours.filter(([start]) => start > nowMs - 86_400_000).reduce((sum, [, events]) => sum + events, 0) ?? 0,
  }
}

function stateOf(
  input: Input,
  status: InputStatus | undefined,
  failing: number,
  unreadable: boolean,
  nowMs: number,
): InputState {
  if (input.disabled) return 'disabled'
  if (unreadable) return 'unknown'
  if (status === undefined) return 'starting'
  if (nowMs - status.writtenMs > silentMs) return 'silent'
  if (status.error || (failing > 0 && failing === status.streams.length)) return 'failing'
  if (failing > 0) return 'partly'
  if (status.state === 'stopped' || status.state === 'starting') return 'starting'
  if (status.streams.some(({ state }) => state === 'throttled')) return 'throttled'
  return status.streams.every(({ state }) => state === 'starting') ? 'starting' : 'collecting'
}

/** Something about an input that a person has to mend. */
export interface Problem {
  readonly view: InputView
  /** Streams that have it; none where it is the whole input's. */
  readonly streams: readonly string[]
  readonly code: string
  readonly message: string
  readonly help: string | undefined
  readonly sinceMs: number | undefined
}

/** Problems of an input, each once: streams of one permission fail together. */
export function problemsOf(view: InputView): readonly Problem[] {
  const { input, status, state, failing } = view
  if (state === 'silent')
    return [
      {
        view,
        streams: [],
        code: 'ProgramSilent',
        message: `The program of ${input.name} has said nothing since ${new Date(status?.writtenMs ?? 0).toLocaleString()}.`,
        help: 'Look into its log below. Where it never starts, Node.js is often missing or too old.',
        sinceMs: status?.writtenMs,
      },
    ]
  if (input.disabled || state === 'unknown') return []
  if (status?.error) {
    const { code, message, help, sinceMs } = status.error
    return [{ view, streams: [], code, message, help, sinceMs }]
  }
  const groups = Map.groupBy(failing, ({ error }) => `${error?.code ?? ''} ${wordsOf(error?.message)}`)
  return [...groups.values()].map((streams) => problemOf(view, streams))
}

function problemOf(view: InputView, streams: readonly StreamRecord[]): Problem {
  const { error, failingSinceMs } = streams[0] as StreamRecord
  return {
    view,
    streams: streams.map(({ stream }) => stream),
    code: error?.code ?? 'Unexpected',
    message: error?.message ?? 'It fails.',
    help: error?.help,
    sinceMs: failingSinceMs,
  }
}

/** A message without the stream that it names. */
const wordsOf = (message = ''): string => /\(permission [\w.]+\)/.exec(message)?.[0] ?? message
