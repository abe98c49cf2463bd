import type { Reading } from './reading.ts'
import type { Path } from './yaml-text.ts'

const secretKeys = /^(.*_)?(secret|token|password|passphrase|bearer|api_key|sas)$/
const reference = /^(env|file|keyvault|splunk):./
const help = 'write a reference: env:NAME, file:/path or keyvault:https://VAULT/secrets/NAME'

/** A safety net below the schemas: notes texts that look like a secret that was written down. Repeats none of them. */
export function findLiteralSecrets(reading: Reading, value: unknown, path: Path = []): void {
  if (typeof value === 'string') return inspect(reading, value, path)
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    findLiteralSecrets(reading, inner, [...path, Array.isArray(value) ? Number(key) : key])
}

function inspect(reading: Reading, text: string, path: Path): void {
  const key = String(path.at(-1))
  if (secretKeys.test(key) && !reference.test(text))
    reading.add(path, { what: `"${key}" holds a secret itself`, why: 'secrets are named, never written down', help })
  else if (/^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i.test(text))
    reading.add(path, {
      what: `"${key}" holds a password in its URL`,
      why: 'secrets are named, never written down',
      help: key === 'proxy' ? 'set HTTPS_PROXY in the environment of the agent instead' : help,
    })
}
