/** Reads secrets by reference: `env:NAME`, `file:/path`, `keyvault:https://VAULT/secrets/NAME`. */
export interface Secrets {
  /** The value as it is now, without a line feed at its end. Throws SiembridgeError `SecretMissing`; no error text holds a value. */
  read(reference: string): Promise<string>
  /** The value was rejected by whom it was for: what is kept of it is not used again. */
  forget?(reference: string): void
}
