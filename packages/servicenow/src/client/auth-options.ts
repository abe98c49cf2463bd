import { z } from 'zod'

const secret = (what: string) =>
  z.string().min(1).describe(`${what}: a reference such as env:NAME, file:/path or keyvault:https://…`)
const id = z.string().min(1).describe('Client ID of the OAuth application registry')

/** How the bridge signs in ("Inbound REST authentication", "OAuth 2.0 client credentials", "JWT bearer grant"). */
export const authOptions = z
  .discriminatedUnion('method', [
    z.strictObject({
      method: z.literal('client-credentials'),
      client_id: id,
      client_secret: secret('Client secret'),
      scope: z.string().optional(),
    }),
    z.strictObject({
      method: z.literal('jwt'),
      client_id: id,
      client_secret: secret('Client secret').optional(),
      user: z.string().min(1).describe('Value of the user field that the registry looks for (sub)'),
      key: secret('Private key (PEM)'),
      key_id: z.string().min(1).describe('Key id of the verifier map (kid)'),
      algorithm: z.enum(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']).prefault('RS256'),
      audience: z.string().optional().describe('Claim aud; the client ID unless told'),
    }),
    z.strictObject({
      method: z.literal('password'),
      client_id: id,
      client_secret: secret('Client secret'),
      user: z.string().min(1),
      password: secret('Password'),
    }),
    z.strictObject({ method: z.literal('basic'), user: z.string().min(1), password: secret('Password') }),
    z.strictObject({ method: z.literal('certificate') }),
  ])
  .describe('How the bridge signs in')

export type AuthOptions = z.infer<typeof authOptions>
