import { secretReference } from '@siembridge/core/secrets'
import { z } from 'zod'
import { type CloudName, cloudNames } from './cloud/clouds.ts'

const origin = z.string().refine((text) => /^https:$/.test(URL.parse(text)?.protocol ?? ''), {
  message: 'must be an origin such as https://graph.example',
})

const hosts = z
  .strictObject({
    login: origin.optional().describe('Where tokens come from'),
    graph: origin.optional().describe('Microsoft Graph'),
    manage: origin.optional().describe('Office 365 Management Activity API'),
    arm: origin.optional().describe('Azure Resource Manager'),
    key_vault: z
      .union([origin, z.string().regex(/^\.[a-z0-9.-]+$/)])
      .optional()
      .describe('Key vaults: an origin, or a suffix such as .vault.azure.net'),
  })
  .describe('Hosts in place of those of the cloud')

const certificate = z.strictObject({
  certificate: secretReference.describe('PEM, with its chain where there is one'),
  key: secretReference.optional().describe('PEM, not encrypted; without it the key stands beside the certificate'),
})

const credentialNames = ['client_secret', 'certificate', 'federated_token_file', 'managed_identity'] as const

/** A tenant in the configuration: whom the bridge is there, and by which cloud it is reached. */
export const tenantOptions = z
  .strictObject({
    tenant_id: z.guid().describe('Tenant, a GUID: it stands on the overview page of Entra'),
    client_id: z
      .guid()
      .optional()
      .describe('Application (client) id of the app registration; not with managed_identity'),
    client_secret: secretReference.optional(),
    client_secret_expires: z.iso
      .date()
      .optional()
      .describe('Day on which the client secret ends: Entra does not tell it to the application'),
    certificate: certificate.optional(),
    federated_token_file: z
      .string()
      .optional()
      .describe('File with the token of another issuer; it is read anew for each sign-in'),
    managed_identity: z
      .strictObject({ client_id: z.guid().optional() })
      .optional()
      .describe('Identity of the Azure machine; client_id where it has several'),
    cloud: z.enum(cloudNames as [CloudName, ...CloudName[]]).default('public'),
    hosts: hosts.optional(),
    proxy: z
      .url({ protocol: /^(?:https?|socks5)$/, error: 'must be a URL such as http://proxy.example:8080' })
      .optional()
      .describe('http://HOST:PORT; without it HTTPS_PROXY and NO_PROXY are obeyed'),
    no_proxy: z.string().optional().describe('Hosts that are reached directly, separated by commas'),
    ca: z.string().optional().describe('File with certificates in PEM that are trusted besides those of the system'),
    tags: z.record(z.string(), z.string()).default({}).describe('Names and values that come with each event'),
  })
  .superRefine((options, problem) => {
    const given = credentialNames.filter((name) => options[name] !== undefined)
    if (given.length !== 1)
      problem.addIssue({ code: 'custom', message: `needs exactly one of ${credentialNames.join(', ')}` })
    if (options.client_id === undefined && options.managed_identity === undefined)
      problem.addIssue({ code: 'custom', path: ['client_id'], message: 'is missing' })
    if (options.cloud === 'custom' && options.hosts?.login === undefined)
      problem.addIssue({
        code: 'custom',
        path: ['hosts', 'login'],
        message: 'is missing: the cloud `custom` has no hosts of its own',
      })
  })

export type TenantOptions = z.infer<typeof tenantOptions>
