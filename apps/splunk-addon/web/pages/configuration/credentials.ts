/** How an account signs in: value of `credential`, and words for it. */
export const credentials = [
  ['client_secret', 'Client secret', 'A password of the app registration'],
  ['certificate', 'Certificate', 'A certificate of the app registration, with its private key'],
  ['managed_identity', 'Managed identity', 'The identity of this machine, where it runs in Azure: nothing to keep'],
] as const

/** First line of a part in PEM. */
const begins = (what: string): string => `-----BEGIN ${what}-----`

/** A certificate and its key in PEM; without both the account could not sign in. */
export function pemProblem(text: string): string | undefined {
  if (!text.includes(begins('CERTIFICATE'))) return `The certificate is missing: ${begins('CERTIFICATE')}`
  if (text.includes(begins('ENCRYPTED PRIVATE KEY')))
    return 'The private key is encrypted; give it without a passphrase.'
  const keys = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY']
  return keys.some((key) => text.includes(begins(key)))
    ? undefined
    : `The private key is missing: ${begins('PRIVATE KEY')}`
}
