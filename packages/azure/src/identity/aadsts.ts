import { type ErrorName, SiembridgeError } from '@siembridge/core'

/**
 * What Entra's numbers mean for someone who has to mend it
 * (learn.microsoft.com/entra/identity-platform/reference-error-codes).
 */
export const aadsts: Readonly<Record<string, ErrorName>> = {
  '7000215': 'ClientSecretWrong',
  '7000222': 'ClientSecretExpired',
  '700027': 'CertificateRefused',
  '7000214': 'CertificateRefused',
  '90002': 'TenantNotFound',
  '900021': 'TenantNotFound',
  '900023': 'TenantNotFound',
  '50059': 'TenantNotFound',
  '700016': 'AppNotFound',
  '700038': 'AppNotFound',
  '65001': 'ConsentMissing',
  '650051': 'ConsentMissing',
  '500011': 'ConsentMissing',
  '650057': 'ConsentMissing',
  '53003': 'SignInBlocked',
  '53000': 'SignInBlocked',
  '7000112': 'SignInBlocked',
  '50105': 'SignInBlocked',
  '50034': 'AppNotFound',
  '70021': 'FederationRefused',
  '700211': 'FederationRefused',
  '700212': 'FederationRefused',
  '700213': 'FederationRefused',
  '700024': 'ClockWrong',
  '50196': 'TokenThrottled',
}

/** Errors of signing in: someone has to mend them, and until then each request would only fail again. */
export const signInErrors: ReadonlySet<string> = new Set<ErrorName>([
  ...Object.values(aadsts),
  'SignInFailed',
  'TokenRefused',
  'ManagedIdentityMissing',
  'CertificateUnreadable',
  'SecretMissing',
  'SecretReferenceWrong',
  'VaultForeign',
])

interface MsalError {
  readonly name?: string
  readonly errorCode?: string
  readonly errorMessage?: string
  readonly errorNo?: string
  readonly status?: number
  readonly message?: string
}

/** An error of MSAL as a row of the table. What is no refusal (network) is given back as it is. */
export function signInError(name: string, error: unknown): unknown {
  if (error instanceof SiembridgeError) return error
  const { errorCode, errorMessage, errorNo, status, message = '' } = error as MsalError
  const text = errorMessage ?? message
  const number = errorNo ?? /AADSTS(\d+)/.exec(text)?.[1]
  const row = number === undefined ? undefined : aadsts[number]
  const code = row ?? (status === 429 ? 'TokenThrottled' : managed(error) ? 'ManagedIdentityMissing' : 'SignInFailed')
  return new SiembridgeError(code, `tenant ${name}`, firstLine(`${text || errorCode}`))
}

const managed = (error: unknown): boolean => /ManagedIdentity/.test(String((error as MsalError).name))

/** Trace and correlation ids follow on lines or after dots of their own; they help nobody who reads a status line. */
const firstLine = (text: string): string => text.split(/[\r\n]| Trace ID:/)[0]?.slice(0, 300) ?? ''
