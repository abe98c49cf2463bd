import { readFile } from 'node:fs/promises'
import { type Clock, systemClock } from '../clock.ts'
import { SiembridgeError } from '../errors.ts'
import type { Secrets } from './secrets.ts'

/** Reads one secret of a vault: `https://VAULT/secrets/NAME`, with or without a version. */
export type ReadVault = (url: string) => Promise<string>

export interface SecretsOptions {
  readonly keyVault?: ReadVault | undefined
  /** Reads `splunk:REALM/NAME` out of Splunk's storage/passwords. */
  readonly splunk?: ((realm: string, name: string) => Promise<string>) | undefined
  readonly clock?: Clock
  readonly env?: Readonly<Record<string, string | undefined>>
  /** How long a secret of a vault is kept, in milliseconds; five minutes unless told. */
  readonly keepMs?: number
}

/** Secrets of a process. Files are read anew each time, so that a changed one counts at once; secrets of vaults are kept a while. */
export function createSecrets({
  keyVault,
  splunk,
  clock = systemClock,
  env = process.env,
  keepMs = 300_000,
}: SecretsOptions = {}): Secrets {
  const kept = new Map<string, { value: Promise<string>; untilMs: number }>()
  const vault = (reference: string, url: string): Promise<string> => {
    const known = kept.get(reference)
    if (known && clock.elapsed() < known.untilMs) return known.value
    const value = keyVault ? keyVault(url) : missing(reference, 'no key vault is configured')
    kept.set(reference, { value, untilMs: clock.elapsed() + keepMs })
    value.catch(() => kept.delete(reference))
    return value
  }
  const readers: Readonly<Record<string, (rest: string, reference: string) => Promise<string>>> = {
    env: async (name, reference) => env[name] || missing(reference),
    file: async (path, reference) =>
      (await readFile(path, 'utf8').catch(missingFile(reference))) || missing(reference, 'it is empty'),
    keyvault: (url, reference) => vault(reference, url),
    splunk: (rest, reference) => {
      const [, realm = '', name = ''] = /^([^/]+)\/(.+)$/s.exec(rest) ?? []
      return splunk ? splunk(realm, name) : missing(reference, 'this is no input of Splunk')
    },
  }
  return {
    read: async (reference) => {
      const [, kind = '', rest = ''] = /^([a-z]+):(.+)$/s.exec(reference) ?? []
      const reader = readers[kind]
      // What is no reference may be the secret itself.
      if (!reader) throw new SiembridgeError('SecretReferenceWrong', 'what stands in place of a secret')
      return (await reader(rest, reference)).replace(/\r?\n$/, '')
    },
    forget: (reference) => void kept.delete(reference),
  }
}

async function missing(reference: string, detail?: string): Promise<never> {
  throw new SiembridgeError('SecretMissing', reference, detail)
}

const missingFile = (reference: string) => (error: unknown) => missing(reference, (error as NodeJS.ErrnoException).code)
