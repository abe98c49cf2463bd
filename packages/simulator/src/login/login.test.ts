import { generateKeyPairSync, sign } from 'node:crypto'
import { ConfidentialClientApplication, ManagedIdentityApplication } from '@azure/msal-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ControlClient } from '../client/control.ts'
import { openCloud } from '../cloud.ts'
import { createApplicationCertificate } from '../net/application-certificate.ts'
import { ask, tokenFor } from '../testing/ask.ts'
import type { INetworkModule } from '@azure/msal-node'
import type { RunningCloud } from '../cloud.ts'
import type { ApplicationCertificate } from '../net/application-certificate.ts'
import type { CloudStats } from '../control/cloud-stats.ts'

const tenantId = '5c0f3d8a-74a1-4d0e-93f0-1a2b3c4d5e6f'
const clientId = '0d9c8b7a-6f5e-4d3c-8b2a-190817263544'
const federation = generateKeyPairSync('rsa', { modulusLength: 2048 })
let own: ApplicationCertificate
let foreign: ApplicationCertificate
let cloud: RunningCloud

beforeAll(async () => {
  own = await createApplicationCertificate()
  foreign = await createApplicationCertificate()
  const publicKey = federation.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const application = {
    clientId,
    secrets: [{ value: 'good' }, { value: 'old', expires: '2020-01-01T00:00:00Z' }],
    certificates: [own.certificate],
    federated: [{ issuer: 'https://issuer.example', subject: 'system:serviceaccount:siem:bridge', publicKey }],
    managedIdentity: true,
  }
  cloud = await openCloud({
    tenants: [
      { id: tenantId, domain: 'adatum.example', applications: [application], streams: [], vault: { hec: 'x' } },
    ],
    login: { delayMs: 50 },
  })
})
afterAll(() => cloud.stop())

const networkClient: INetworkModule = {
  sendGetRequestAsync: async (url, options) => read(await ask(cloud.address, url, { headers: options?.headers ?? {} })),
  sendPostRequestAsync: async (url, { headers = {}, body = '' } = {}) =>
    read(await ask(cloud.address, url, { method: 'POST', headers, body })),
}

// MSAL names the form of the body where it calls.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function read<T>({ status, headers, json }: Awaited<ReturnType<typeof ask>>) {
  return { status, headers: headers as Record<string, string>, body: json<object>() as T }
}

function client(auth: object, { tenant = tenantId, id = clientId } = {}) {
  const host = `localhost:${cloud.address.ports.login}`
  const authority = `https://${host}/${tenant}`
  return new ConfidentialClientApplication({
    auth: { clientId: id, authority, knownAuthorities: [host], ...auth },
    system: { networkClient },
  })
}

const scopes = ['https://graph.microsoft.com/.default']
const errorNumber = async (promise: Promise<unknown>) =>
  await promise.then(
    () => 'none',
    (error: { errorNo?: unknown }) => String(error.errorNo),
  )

describe('client credentials, by MSAL', () => {
  it('hands out tokens for a secret, by tenant id and by domain', async () => {
    for (const tenant of [tenantId, 'adatum.example']) {
      const result = await client({ clientSecret: 'good' }, { tenant }).acquireTokenByClientCredential({ scopes })
      expect(result?.accessToken).toMatch(/^sim\./)
    }
  })

  it.each([
    ['7000215', { clientSecret: 'bad' }, {}],
    ['7000222', { clientSecret: 'old' }, {}],
    ['700016', { clientSecret: 'good' }, { id: '00000000-0000-4000-8000-000000000001' }],
  ])('refuses with AADSTS%s', async (number, auth, options) => {
    const refused = client(auth, options).acquireTokenByClientCredential({ scopes })
    expect(await errorNumber(refused)).toBe(number)
  })

  it('does not know other tenants and resources', async () => {
    const url = `https://localhost:${cloud.address.ports.login}/11111111-2222-4333-8444-555555555555/oauth2/v2.0/token`
    const { status, json } = await ask(cloud.address, url, { method: 'POST', body: 'grant_type=client_credentials' })
    expect([status, json().error_codes]).toEqual([400, [90002]])
    const refused = client({ clientSecret: 'good' }).acquireTokenByClientCredential({
      scopes: ['https://x.example/.default'],
    })
    expect(await errorNumber(refused)).toBe('500011')
  })

  it('accepts the assertion of a registered certificate only', async () => {
    const certificate = ({ privateKey, thumbprintSha256 }: ApplicationCertificate) => ({
      clientCertificate: { privateKey, thumbprintSha256 },
    })
    const good = await client(certificate(own)).acquireTokenByClientCredential({ scopes })
    expect(good?.accessToken).toBeTruthy()
    expect(await errorNumber(client(certificate(foreign)).acquireTokenByClientCredential({ scopes }))).toBe('700027')
    const forged = { ...own, privateKey: foreign.privateKey }
    expect(await errorNumber(client(certificate(forged)).acquireTokenByClientCredential({ scopes }))).toBe('700027')
  })

  it('accepts the assertion of a federated issuer', async () => {
    const assertion = (subject: string) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const exp = Math.floor(Date.now() / 1000) + 600
      const claims = { iss: 'https://issuer.example', sub: subject, aud: 'api://AzureADTokenExchange', exp }
      const signed = `${part({ alg: 'RS256' })}.${part(claims)}`
      return `${signed}.${sign('sha256', Buffer.from(signed), federation.privateKey).toString('base64url')}`
    }
    const good = client({ clientAssertion: assertion('system:serviceaccount:siem:bridge') })
    expect((await good.acquireTokenByClientCredential({ scopes }))?.accessToken).toBeTruthy()
    const other = client({ clientAssertion: assertion('system:serviceaccount:siem:other') })
    expect(await errorNumber(other.acquireTokenByClientCredential({ scopes }))).toBe('700213')
  })

  it('counts token requests that are open at one time', async () => {
    const control = new ControlClient(cloud.address.ports.control)
    const scope = 'https://manage.office.com/.default'
    const application = client({ clientSecret: 'good' })
    await application.acquireTokenByClientCredential({ scopes })
    await Promise.all(Array.from({ length: 5 }, () => application.acquireTokenByClientCredential({ scopes: [scope] })))
    const { tokens } = await control.get<CloudStats>('/stats')
    expect(tokens[`${clientId}|${scope}`]).toMatchObject({ requests: 5, issued: 5, open: 0, mostOpen: 5 })
  })
})

describe('other identities', () => {
  it('hands out a token of the managed identity to MSAL', async () => {
    process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST = `http://127.0.0.1:${cloud.address.ports.imds}`
    const identity = new ManagedIdentityApplication({ system: { disableInternalRetries: true } })
    const result = await identity.acquireToken({ resource: 'https://graph.microsoft.com' })
    delete process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST
    expect(result.accessToken).toMatch(/^sim\./)
    const bare = await fetch(`http://127.0.0.1:${cloud.address.ports.imds}/metadata/identity/oauth2/token`)
    expect(bare.status).toBe(400)
  })

  it('gives a secret of the vault to a token for the vault', async () => {
    const vault = await openCloud({
      tenants: [{ id: '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10', streams: [], vault: { hec: 's3cret' } }],
    })
    const url = (name: string) => `https://localhost:${vault.address.ports.vault}/secrets/${name}?api-version=7.4`
    const bare = await ask(vault.address, url('hec'))
    expect([bare.status, bare.headers['www-authenticate']]).toEqual([
      401,
      expect.stringContaining('resource="https://vault.azure.net"'),
    ])
    const headers = { authorization: `Bearer ${await tokenFor(vault.address, 'vault')}` }
    expect((await ask(vault.address, url('hec'), { headers })).json()).toMatchObject({ value: 's3cret' })
    expect((await ask(vault.address, url('none'), { headers })).status).toBe(404)
    await vault.stop()
  })
})
