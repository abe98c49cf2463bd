import type { SourceContext, StreamReport } from '@siembridge/core'
import { type Trouble, troubleOf } from './trouble.ts'
import type { SignInWatch, SilenceWatch } from './watch.ts'

/** A stream that looks for new records now and then. */
export interface Looker {
  readonly intervalMs: number
  readonly silence: SilenceWatch
  readonly state: StreamReport
  /** The end of a bounded run is reached. */
  readonly done: boolean
  /** Collects what there is; the next look is due at `dueMs` of the clock's elapsed time. */
  look(dueMs: number): Promise<void>
}

export interface LooksOptions {
  readonly name: string
  readonly details: Readonly<Record<string, string>>
  readonly context: Pick<SourceContext<unknown>, 'clock' | 'signal' | 'report' | 'tell' | 'log' | 'name' | 'window'>
  readonly signIn: SignInWatch
  readonly open: () => Promise<Looker>
}

/** Looks again and again until the signal, or until a bounded run is done. Troubles are reported and waited out. */
export async function runLooks(options: LooksOptions): Promise<void> {
  const { context, open } = options
  const { clock, signal } = context
  const troubles = new Troubles(options)
  let looker: Looker | undefined
  while (!signal.aborted) {
    const began = clock.elapsed()
    let waitMs: number
    try {
      looker ??= await open()
      await looker.look(began + looker.intervalMs)
      troubles.over(looker)
      if (looker.done) return
      waitMs = looker.intervalMs
    } catch (error) {
      if (signal.aborted) return
      const retryMs = troubles.met(error)
      if (retryMs === undefined) return
      waitMs = retryMs
    }
    await clock.sleep(Math.max(0, waitMs - (clock.elapsed() - began)), signal).catch(() => {})
  }
}

class Troubles {
  readonly #options: LooksOptions
  #parked = false
  constructor(options: LooksOptions) {
    this.#options = options
  }

  over({ silence, state }: Looker): void {
    this.#parked = false
    this.#options.signIn.worked()
    silence.look()
    this.#options.context.report(this.#options.name, state)
  }

  /** How long to wait. A bounded run does not wait for what a person has to mend: the error is thrown. */
  met(error: unknown): number | undefined {
    const { name, context, signIn } = this.#options
    const trouble = troubleOf(error)
    const { state, code, message, help, retryMs } = trouble
    context.report(name, { state, error: { code, message, ...(help !== undefined && { help }) } })
    context.log.warn(`${context.name}: ${message}`)
    if (trouble.signIn) signIn.failed(trouble)
    if (context.window && (retryMs === undefined || state === 'parked' || trouble.signIn)) throw error
    if (state === 'parked') this.#park(trouble)
    return retryMs
  }

  #park({ code, message }: Trouble): void {
    if (this.#parked) return
    this.#parked = true
    const { context, details } = this.#options
    context.tell({ action: 'source-silent', severity: 'high', message, details: { ...details, error: code } })
  }
}
