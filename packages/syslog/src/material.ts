import { readFile } from 'node:fs/promises'
import type { Secrets } from '@siembridge/core'
import { SiembridgeError } from '@siembridge/core'
import { contextOf, type TlsMaterial } from './connect.ts'
import type { SyslogTargetOptions } from './options.ts'

const reference = /^(env|file|keyvault|splunk):/

async function read(name: string | undefined, secrets: Secrets): Promise<string | undefined> {
  if (name === undefined) return undefined
  if (reference.test(name)) return secrets.read(name)
  return readFile(name, 'utf8').catch((error: Error) => {
    throw new SiembridgeError('TlsMaterialWrong', name, error.message)
  })
}

/**
 * Certificates and key as they are now: they are read for each connection, so that renewed ones are taken without a restart.
 * Throws SiembridgeError `TlsMaterialWrong` or `SecretMissing`.
 */
export async function materialOf({ ca, cert, key }: SyslogTargetOptions, secrets: Secrets): Promise<TlsMaterial> {
  const [caText, certText, keyText] = await Promise.all([ca, cert, key].map((name) => read(name, secrets)))
  const material = {
    ...(caText && { ca: caText }),
    ...(certText && { cert: certText }),
    ...(keyText && { key: keyText }),
  }
  try {
    contextOf(material)
  } catch (error) {
    throw new SiembridgeError('TlsMaterialWrong', [ca, cert, key].filter(Boolean).join(', '), (error as Error).message)
  }
  return material
}
