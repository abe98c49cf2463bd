import type { DeadLetterCount } from './dead-letter-count.ts'
import type { SourceState } from './source-runner.ts'
import type { StreamStatus } from './stream-status.ts'

/** Form of `status.json` and of `status --json`. Times in milliseconds since 1970, spans in milliseconds. */
export interface AgentStatus {
  readonly form: 1
  readonly writtenMs: number
  readonly agent: {
    readonly pid: number
    readonly host: string
    readonly version: string
    readonly startedMs: number
    readonly state: 'starting' | 'running' | 'reloading' | 'stopping' | 'stopped'
    readonly configuration: string
    /** Why the changed configuration is not used. */
    readonly configurationError?: string
  }
  readonly sources: readonly SourceStatus[]
  readonly targets: readonly TargetStatus[]
  readonly routes: readonly {
    readonly name: string
    readonly bytes: number
    readonly limitBytes: number
    readonly full: boolean
    /** Records that it missed while it was parked, and that are to be collected again. */
    readonly parked?: number
  }[]
  /** Routes that the configuration does not have any more, and events that wait in their buffers. */
  readonly leftBehind?: readonly { readonly route: string; readonly events: number }[]
  readonly credentials: readonly { readonly tenant: string; readonly endsMs: number }[]
  readonly deadLetters: DeadLetterCount
  /** Why the disk does not take what is written. */
  readonly disk?: string
  /** Last warnings and errors of the log, oldest first. */
  readonly recent: readonly string[]
}

export interface SourceStatus extends SourceState {
  readonly name: string
  readonly kind: string
  readonly tenant?: string
  readonly received: number
  readonly duplicates: number
  readonly lastReceivedMs?: number
  readonly streams: readonly (StreamStatus & { readonly position?: string })[]
}

export interface TargetStatus {
  readonly name: string
  readonly route: string
  readonly kind: string
  readonly receipt: 'stored' | 'accepted' | 'handed-over'
  readonly repeatWindowBytes: number
  readonly state: 'connected' | 'error' | 'paused'
  readonly sent: number
  readonly repeated: number
  readonly rejected: number
  readonly waiting: number
  readonly oldestMs?: number
  /** What the target says of itself besides. */
  readonly facts?: readonly { readonly name: string; readonly text: string }[]
  readonly lastDeliveryMs?: number
  readonly failingSinceMs?: number
  readonly error?: string
}

export const connectionErrorMs = 2 * 3_600_000
export const disconnectedMs = 12 * 3_600_000

export type Health = 'Connected' | 'Retrying' | 'Connection error' | 'Disconnected'

/** How a connection that fails since then is called: short failures mend themselves. */
export function healthOf(failingSinceMs: number | undefined, nowMs: number): Health {
  if (failingSinceMs === undefined) return 'Connected'
  const failing = nowMs - failingSinceMs
  if (failing > disconnectedMs) return 'Disconnected'
  return failing > connectionErrorMs ? 'Connection error' : 'Retrying'
}

/** Positions are bytes that only their source understands; most are text. */
export function positionText(position: Uint8Array): string {
  const text = Buffer.from(position).toString('utf8')
  return Buffer.from(text, 'utf8').equals(Buffer.from(position))
    ? text
    : `base64:${Buffer.from(position).toString('base64')}`
}
