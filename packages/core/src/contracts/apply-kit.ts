import type { Clock } from '../clock.ts'
import type { Http, HttpOptions } from '../http/types.ts'
import type { Secrets } from '../secrets/secrets.ts'
import type { Finding } from './finding.ts'
import type { KitOption, KitOptions, OutputFile } from './parser-kit.ts'

/** One thing in which a system differs from what it is to be. */
export interface ApplyChange {
  /** `manual`: it has no API for that; the detail says what a person does. */
  readonly does: 'create' | 'change' | 'manual'
  /** Kind of thing, in the words of its vendor: `QID record`. */
  readonly what: string
  readonly name: string
  readonly detail?: string
}

/** What `apply` works with. */
export interface ApplyContext {
  /** A client with these options; whoever asks for one closes it. */
  readonly http: (options: HttpOptions) => Http
  readonly secrets: Secrets
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** A system that is looked at, and then set up. Nothing is ever deleted. */
export interface ApplySession {
  /** What differs, in the order in which it is carried out, and what was noticed. Reads only. Throws SiembridgeError. */
  diff(): Promise<{ readonly changes: readonly ApplyChange[]; readonly findings: readonly Finding[] }>
  /**
   * Carries the changes of the last `diff` out, one after the other; `done` is called behind each. Ends at the first that fails, with a
   * SiembridgeError `ApplyBroken`: what was done stays, and a new run goes on from there.
   */
  apply(done: (change: ApplyChange) => void): Promise<void>
  close(): Promise<void>
}

/** A target that can be set up over its own API: the command `apply NAME`. */
export interface ApplyKit {
  /** As on the command line. */
  readonly name: string
  readonly title: string
  readonly options: readonly KitOption[]
  /** `files` are those of the folder or file that is named. Throws SiembridgeError, or RangeError for an option's value. */
  open(files: readonly OutputFile[], options: KitOptions, context: ApplyContext): Promise<ApplySession>
}
