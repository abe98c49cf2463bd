/** How an account signs in: value of `credential`, and words for it. */
export const credentials = [
  ['client_secret', 'Client secret', 'A password of the app registration'],
  ['certificate', 'Certificate', 'A certificate of the app registration, with its private key'],
  ['managed_identity', 'Managed identity', 'The identity of this machine, where it runs in Azure: nothing to keep'],
] as const

/** A certificate and its key in PEM; without both the account could not sign in. */
export function pemProblem(text: string): string | undefined {
  if (!/-----BEGIN CERTIFICATE-----/.test(text)) return 'The certificate is missing: -----BEGIN CERTIFICATE-----'
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----/.test(text)) return 'The private key is encrypted; give it without a passphrase.'
  return /-----BEGIN (?:RSA |EC )?PRIVATE KEY-----/.test(text) ? undefined : 'The private key is missing: -----BEGIN PRIVATE KEY-----'
}
