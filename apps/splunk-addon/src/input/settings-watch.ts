import type { Clock, Logger } from '@siembridge/core'
import { type InputStanza, type Splunkd, SplunkdRefusal } from '@siembridge/splunk/modular-input'
import { customConfs } from '../about.ts'
import { proxyOf, stanzasOf } from './account.ts'

/** Between two looks, in milliseconds. */
export const lookMs = 30_000

export interface SettingsWatchOptions {
  readonly splunkd: Splunkd
  readonly stanzas: readonly InputStanza[]
  readonly clock: Clock
  readonly log: Logger
  readonly signal: AbortSignal
  /** Told once, with the reason, when the inputs must start anew. */
  readonly over: (why: string) => void
}

/**
 * Looks whether what the process began with still holds: the accounts of its inputs, proxy and log level. Splunkd ends a process
 * when an input changes, and not for files that only the add-on knows; and a session key that it does not take any more can only be
 * had anew by a start. In both cases the process is to end, and splunkd starts it again.
 */
export async function watchSettings(options: SettingsWatchOptions): Promise<void> {
  const { clock, log, signal, over } = options
  for (let before: string | undefined; !signal.aborted;) {
    try {
      const now = await settingsText(options)
      if (before !== undefined && now !== before) return over('settings of the add-on have changed')
      before = now
    } catch (error) {
      if (error instanceof SplunkdRefusal && error.status === 401)
        return over(`splunkd does not take the session key any more (${error.message})`)
      log.debug(`the settings of the add-on cannot be looked at: ${(error as Error).message}`)
    }
    await clock.sleep(lookMs, signal).catch(() => undefined)
  }
}

async function settingsText({ splunkd, stanzas }: SettingsWatchOptions): Promise<string> {
  const names = new Set(stanzas.map(({ params }) => params['account']))
  const accounts = (await stanzasOf(splunkd, customConfs.account)).filter(([name]) => names.has(name))
  const settings = await stanzasOf(splunkd, customConfs.settings)
  const level = settings.find(([name]) => name === 'logging')
  return JSON.stringify([accounts, level, await proxyOf(splunkd)])
}
