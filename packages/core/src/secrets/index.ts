export { createSecrets } from './create-secrets.ts'
export type { ReadVault, SecretsOptions } from './create-secrets.ts'
export { secretReference } from './reference.ts'
export type { Secrets } from './secrets.ts'
