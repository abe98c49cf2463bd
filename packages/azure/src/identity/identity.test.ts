import { createSign, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecrets } from '@siembridge/core/secrets'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { selfSigned } from '../../test/certificate.ts'
import { TestClock } from '../../test/clock.ts'
import { type Cloud, defaultClientId, defaultSecret, simulate, startCloud } from '../../test/simulated.ts'
import { createTenants } from '../tenants.ts'
import type { Tenant } from '../tenant.ts'

const federatedId = '0f4a9c1e-5d2b-4b3e-8f60-1a2b3c4d5e6f'
const certificateId = '1f4a9c1e-5d2b-4b3e-8f60-1a2b3c4d5e6f'
const own = selfSigned(new Date('2027-01-01T00:00:00Z'))
const other = selfSigned(new Date('2027-01-01T00:00:00Z'))
const issuer = generateKeyPairSync('rsa', { modulusLength: 2048 })
const directory = mkdtempSync(join(tmpdir(), 'siembridge-identity-'))

let cloud: Cloud
beforeAll(async () => {
  const federated = {
    issuer: 'https://issuer.example',
    subject: 'system:serviceaccount:a:b',
    publicKey: issuer.publicKey.export({ type: 'spki', format: 'pem' }) as string,
  }
  cloud = await startCloud({
    throttling: { limits: 'off' },
    tenants: [
      {
        id: '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10',
        vault: { graph: defaultSecret, broken: '' },
        streams: [],
        applications: [
          { clientId: defaultClientId, secrets: [{ value: defaultSecret }], managedIdentity: true },
          { clientId: certificateId, certificates: [own.certificate] },
          { clientId: federatedId, federated: [federated] },
        ],
      },
    ],
  })
})
afterAll(() => cloud.stop())
afterEach(async () => {
  await cloud.removeFault()
  await cloud.setSecrets({ clientId: defaultClientId, secrets: [{ value: defaultSecret }] })
})

const read = async ({ graph }: Tenant): Promise<string> => {
  try {
    for await (const _ of graph.pages({
      version: 'v1.0',
      path: '/security/incidents',
      api: 'security',
      subject: 'incidents',
    }))
      break
    return 'good'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const posts = async (): Promise<number> =>
  (await cloud.requests()).filter(({ service, method }) => service === 'login' && method === 'POST').length

describe('signing in with a client secret', () => {
  it('asks once for a token that many wait for, asks no other host, and keeps it', async () => {
    const before = await posts()
    const { tenant, tenants } = simulate(cloud, new TestClock())
    expect(await Promise.all(Array.from({ length: 5 }, () => read(tenant)))).toEqual(Array(5).fill('good'))
    expect(await read(tenant)).toBe('good')
    expect((await posts()) - before).toBe(1)
    expect(
      (await cloud.requests()).filter(({ target }) => target.includes('discovery') || target.includes('openid')),
    ).toEqual([])
    await tenants.close()
  })

  it('graph-11.14 takes a secret that was replaced, without a restart', async () => {
    const { tenant, tenants, env } = simulate(cloud, new TestClock())
    expect(await read(tenant)).toBe('good')
    await cloud.setSecrets({ clientId: defaultClientId, secrets: [{ value: 'the next one' }] })
    await cloud.addFault({ fault: { kind: 'unauthorized' }, service: 'graph', count: 1 })
    expect(await read(tenant)).toBe('ClientSecretWrong')
    env['SECRET'] = 'the next one'
    await cloud.addFault({ fault: { kind: 'unauthorized' }, service: 'graph', count: 1 })
    expect(await read(tenant)).toBe('good')
    await tenants.close()
  })

  it('graph-11.14 names the reason in words of the error table: expired, wrong, unknown', async () => {
    const { tenant, tenants, env } = simulate(cloud, new TestClock())
    await cloud.setSecrets({
      clientId: defaultClientId,
      secrets: [{ value: defaultSecret, expires: '2020-01-01T00:00:00Z' }],
    })
    expect(await read(tenant)).toBe('ClientSecretExpired')
    env['SECRET'] = 'wrong'
    expect(await read(tenant)).toBe('ClientSecretWrong')
    delete env['SECRET']
    expect(await read(tenant)).toBe('SecretMissing')
    await tenants.close()
    const strangers = [
      { client_id: '9f4a9c1e-5d2b-4b3e-8f60-1a2b3c4d5e6f' },
      { tenant_id: '9f4a9c1e-5d2b-4b3e-8f60-1a2b3c4d5e6f' },
    ]
    const codes = await Promise.all(strangers.map((more) => read(simulate(cloud, new TestClock(), more).tenant)))
    expect(codes).toEqual(['AppNotFound', 'TenantNotFound'])
  })

  it('holds no secret in an error', async () => {
    const { tenant, tenants, env } = simulate(cloud, new TestClock())
    env['SECRET'] = 'hush-hush'
    const failing = (async () => {
      for await (const _ of tenant.graph.pages({ version: 'v1.0', path: '/x', api: 'security', subject: 'x' })) break
    })()
    const error = (await failing.catch((reason: unknown) => reason)) as Error
    expect(error.message + String(error.stack) + JSON.stringify(error)).not.toContain('hush-hush')
    await tenants.close()
  })

  it('says that a gateway or a sign-in page stands between', async () => {
    const { tenant, tenants } = simulate(cloud, new TestClock())
    await cloud.addFault({ fault: { kind: 'html-200' }, service: 'login' })
    expect(await read(tenant)).toBe('SignInFailed')
    await tenants.close()
  })

  it('keeps the cause when the network fails, and waits when Entra limits', async () => {
    const { tenant, tenants } = simulate(cloud, new TestClock())
    await cloud.addFault({ id: 'x', fault: { kind: 'reset-before-headers' }, service: 'login' })
    expect(await read(tenant)).toBe('ConnectionBroken')
    await cloud.addFault({ id: 'x', fault: { kind: 'throttle', seconds: 1 }, service: 'login', count: 1 })
    expect(await read(tenant)).toBe('TokenThrottled')
    await tenants.close()
  })

  it('graph-11.14 answers a claims challenge with a token that meets it', async () => {
    const { tenant, tenants } = simulate(cloud, new TestClock())
    const before = await posts()
    await cloud.addFault({ fault: { kind: 'claims-challenge' }, service: 'graph', count: 1 })
    expect(await read(tenant)).toBe('good')
    expect(await read(tenant)).toBe('good')
    expect((await posts()) - before).toBe(2)
    await tenants.close()
  })
})

describe('signing in without a secret', () => {
  const files = (pair: { certificate: string; key: string }) => {
    writeFileSync(join(directory, 'certificate.pem'), pair.certificate)
    writeFileSync(join(directory, 'key.pem'), pair.key)
    return { certificate: `file:${directory}/certificate.pem`, key: `file:${directory}/key.pem` }
  }

  it('signs with a certificate, and takes a renewed one', async () => {
    const options = { client_id: certificateId, client_secret: undefined, certificate: files(other) }
    const { tenant, tenants } = simulate(cloud, new TestClock(), options)
    expect(await read(tenant)).toBe('CertificateRefused')
    files(own)
    expect(await read(tenant)).toBe('good')
    await tenants.close()
  })

  it('takes certificate and key in one file, and says what it cannot read', async () => {
    writeFileSync(join(directory, 'both.pem'), `${own.certificate}${own.key}`)
    const options = { client_id: certificateId, client_secret: undefined }
    const both = simulate(cloud, new TestClock(), {
      ...options,
      certificate: { certificate: `file:${directory}/both.pem` },
    })
    expect(await read(both.tenant)).toBe('good')
    writeFileSync(join(directory, 'none.pem'), 'none')
    const none = simulate(cloud, new TestClock(), {
      ...options,
      certificate: { certificate: `file:${directory}/none.pem` },
    })
    expect(await read(none.tenant)).toBe('CertificateUnreadable')
    await Promise.all([both.tenants.close(), none.tenants.close()])
  })

  it('reads a federated token anew for each sign-in', async () => {
    const file = join(directory, 'federated')
    const jwt = (subject: string): string => {
      const claims = {
        iss: 'https://issuer.example',
        sub: subject,
        aud: 'api://AzureADTokenExchange',
        exp: 4_102_444_800,
        nbf: 0,
        iat: 0,
      }
      const parts = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      )
      return `${parts.join('.')}.${createSign('sha256').update(parts.join('.')).sign(issuer.privateKey, 'base64url')}`
    }
    writeFileSync(file, jwt('somebody else'))
    const { tenant, tenants } = simulate(cloud, new TestClock(), {
      client_id: federatedId,
      client_secret: undefined,
      federated_token_file: file,
    })
    expect(await read(tenant)).toBe('FederationRefused')
    writeFileSync(file, `${jwt('system:serviceaccount:a:b')}\n`)
    expect(await read(tenant)).toBe('good')
    await tenants.close()
  })

  it('uses the identity of the machine', async () => {
    process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] = cloud.url('imds')
    const options = { client_id: undefined, client_secret: undefined, managed_identity: { client_id: defaultClientId } }
    const { tenant, tenants } = simulate(cloud, new TestClock(), options)
    expect(await read(tenant)).toBe('good')
    await tenants.close()
    delete process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST']
  })
})

describe('secrets of a key vault', () => {
  it('are read with a tenant of the configuration, and from no other host', async () => {
    const clock = new TestClock()
    const { tenants, env } = simulate(cloud, clock)
    const secrets = createSecrets({ env, clock, keyVault: tenants.keyVault('contoso') })
    expect(await secrets.read(`keyvault:${cloud.url('vault')}/secrets/graph`)).toBe(defaultSecret)
    await expect(secrets.read(`keyvault:${cloud.url('vault')}/secrets/none`)).rejects.toMatchObject({
      code: 'SecretMissing',
    })
    for (const host of [
      'https://vault.azure.net.attacker.example',
      'https://localhost',
      `http://${cloud.url('vault').slice(8)}`,
    ])
      await expect(tenants.keyVault('contoso')(`${host}/secrets/graph`)).rejects.toMatchObject({ code: 'VaultForeign' })
    const second = simulate(
      cloud,
      clock,
      { client_secret: `keyvault:${cloud.url('vault')}/secrets/graph` },
      { secrets },
    )
    expect(await read(second.tenant)).toBe('good')
    // A vault that is opened with what lies in it would wait for itself.
    const circle = second.tenants.keyVault('contoso')(`${cloud.url('vault')}/secrets/graph`)
    await expect(circle).rejects.toMatchObject({ code: 'SecretMissing' })
    await Promise.all([tenants.close(), second.tenants.close()])
  })
})

describe('credentials that end', () => {
  const at = (iso: string) => Date.parse(iso)

  it('are announced 30, 7 and 1 days before, each once', async () => {
    writeFileSync(join(directory, 'ending.pem'), `${own.certificate}${own.key}`)
    const options = { client_secret: undefined, certificate: { certificate: `file:${directory}/ending.pem` } }
    const { tenant, tenants } = simulate(cloud, new TestClock(), options)
    const told = []
    for (let day = at('2026-11-01T00:00:00Z'); day < at('2027-01-03T00:00:00Z'); day += 43_200_000)
      told.push(await tenant.expiry(day))
    const events = told.filter((event) => event !== undefined)
    expect(events.map(({ details, severity }) => [details?.['days'], severity])).toEqual([
      [30, 'medium'],
      [7, 'high'],
      [1, 'critical'],
    ])
    expect(events[0]).toMatchObject({
      action: 'secret-expires',
      message: 'the certificate of tenant contoso ends on 2027-01-01',
    })
    await tenants.close()
  })

  it('are announced for secrets whose end is told, and looked at by check', async () => {
    const { tenant, tenants } = simulate(cloud, new TestClock(), { client_secret_expires: '2026-12-01' })
    expect(await tenant.expiry(at('2026-11-25T00:00:00Z'))).toMatchObject({ severity: 'high' })
    const findings = []
    for await (const finding of tenant.check(at('2026-11-25T00:00:00Z'))) findings.push([finding.subject, finding.is])
    expect(findings).toEqual([
      ['token of tenant contoso', 'good'],
      ['credential of tenant contoso', 'warning'],
    ])
    await tenants.close()
  })
})

it('says which tenant is missing', () => {
  const clock = new TestClock()
  const tenants = createTenants(
    {},
    { secrets: createSecrets(), budgets: { take: () => Promise.resolve(), pause: () => {} }, clock },
  )
  expect(() => tenants.lacks('toString', 'security')).toThrow(expect.objectContaining({ code: 'TenantNotConfigured' }))
  expect(() => tenants.get('toString')).toThrow(expect.objectContaining({ code: 'TenantNotConfigured' }))
})
