import { z } from 'zod'

const form = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|keyvault:https:\/\/.+|splunk:[^/]+\/.+)$/s

/** A reference to a secret in a configuration. Refuses a secret itself, and does not repeat it. */
export const secretReference = z
  .string()
  .refine((text) => form.test(text), {
    message:
      'must be a reference: env:NAME, file:/path or keyvault:https://VAULT/secrets/NAME; a secret itself does not belong here',
  })
  .describe('Reference to a secret: env:NAME, file:/path or keyvault:https://VAULT/secrets/NAME')
