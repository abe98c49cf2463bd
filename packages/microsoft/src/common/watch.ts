import type { SourceContext } from '@siembridge/core'
import type { Tenant } from '@siembridge/azure'
import { hour } from './duration.ts'
import type { Trouble } from './trouble.ts'

type Told = Pick<SourceContext<unknown>, 'tell' | 'clock' | 'signal' | 'name'>

/** Tells once that a tenant cannot sign in, and anew after it could. */
export class SignInWatch {
  readonly #context: Told
  readonly #tenant: Tenant
  #told = false
  constructor(context: Told, tenant: Tenant) {
    this.#context = context
    this.#tenant = tenant
  }
  failed({ code, message }: Trouble): void {
    if (this.#told) return
    this.#told = true
    const details = { tenant: this.#tenant.name, source: this.#context.name, error: code }
    this.#context.tell({ action: 'authentication-failed', severity: 'high', message, details })
  }
  worked(): void {
    this.#told = false
  }
}

/** Tells once that a stream that always brings something has brought nothing for long, and anew after it did. */
export class SilenceWatch {
  readonly #context: Told
  readonly #details: Readonly<Record<string, string>>
  readonly #limitMs: number
  #sinceMs: number
  #told = false
  constructor(context: Told, details: Readonly<Record<string, string>>, limitMs = Infinity) {
    this.#context = context
    this.#details = details
    this.#limitMs = limitMs
    this.#sinceMs = context.clock.elapsed()
  }
  heard(): void {
    this.#sinceMs = this.#context.clock.elapsed()
    this.#told = false
  }
  look(): void {
    const silentMs = this.#context.clock.elapsed() - this.#sinceMs
    if (this.#told || silentMs < this.#limitMs) return
    this.#told = true
    const hours = Math.floor(silentMs / hour)
    const message = `${this.#details['stream']} of tenant ${this.#details['tenant']} has brought nothing for ${hours} hours`
    this.#context.tell({ action: 'source-silent', severity: 'medium', message, details: { ...this.#details, hours } })
  }
}

/** Looks every hour whether the tenant's credential is about to end. */
export async function watchExpiry(context: Told, tenant: Tenant): Promise<void> {
  const { clock, signal } = context
  while (!signal.aborted) {
    // A credential that cannot be read is told by the streams.
    const event = await tenant.expiry(clock.now()).catch(() => undefined)
    if (event) context.tell(event)
    await clock.sleep(hour, signal).catch(() => {})
  }
}
