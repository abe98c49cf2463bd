import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cloudNames, clouds } from './cloud/clouds.ts'
import { hostsOf, lackOf } from './cloud/hosts.ts'
import { tenantOptions } from './options.ts'

const tenant = {
  tenant_id: '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10',
  client_id: 'b2a7c9e4-13d5-4f68-9a0b-7c6d5e4f3a21',
  client_secret: 'env:SECRET',
}
const problems = (options: object): string[] =>
  tenantOptions.safeParse(options).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('options of a tenant', () => {
  it('need a tenant, an application and one credential', () => {
    expect(problems(tenant)).toEqual([])
    expect(problems({ ...tenant, client_id: undefined })).toEqual(['client_id: is missing'])
    expect(problems({ ...tenant, client_secret: undefined })[0]).toMatch(/exactly one of client_secret, certificate/)
    expect(problems({ ...tenant, managed_identity: {} })[0]).toMatch(/exactly one/)
    expect(problems({ ...tenant, client_id: undefined, client_secret: undefined, managed_identity: {} })).toEqual([])
    expect(problems({ ...tenant, tenant_id: 'contoso.com' })[0]).toMatch(/^tenant_id: /)
    expect(problems({ ...tenant, secret: 'x' })[0]).toMatch(/Unrecognized key/)
  })

  it('refuse a secret itself, and do not repeat it', () => {
    const found = problems({ ...tenant, client_secret: 'Abc8Q~hush-hush' }).join()
    expect(found).toMatch(/must be a reference/)
    expect(found).not.toContain('hush')
  })

  it('azure-10.14 take all hosts of a cloud as one set, and every one of them by itself', () => {
    for (const name of cloudNames.filter((name) => name !== 'custom')) {
      const { login } = hostsOf(name)
      expect(login).toMatch(/^https:\/\/login\./)
    }
    const told = {
      login: 'https://localhost:1',
      graph: 'https://localhost:2/',
      manage: 'https://localhost:3',
      arm: 'https://a.b',
      key_vault: '.vault.x',
    }
    expect(problems({ ...tenant, cloud: 'custom', hosts: told })).toEqual([])
    expect(hostsOf('custom', told)).toEqual({
      login: 'https://localhost:1',
      graph: 'https://localhost:2',
      manage: 'https://localhost:3',
      arm: 'https://a.b',
      keyVault: { resource: 'https://vault.x', suffix: '.vault.x' },
    })
    expect(hostsOf('gcc-high', { graph: 'https://x.y' })).toMatchObject({
      graph: 'https://x.y',
      manage: 'https://manage.office365.us',
    })
    expect(problems({ ...tenant, cloud: 'custom' })).toEqual([
      'hosts.login: is missing: the cloud `custom` has no hosts of its own',
    ])
    expect(problems({ ...tenant, hosts: { graph: 'http://graph' } })[0]).toMatch(/must be an origin/)
  })

  it('graph-11.25 know what a cloud lacks', () => {
    expect(lackOf('public', hostsOf('public'), 'security')).toBeUndefined()
    expect(lackOf('china', hostsOf('china'), 'security')).toMatch(/does not have it/)
    expect(lackOf('china', hostsOf('china'), 'identityProtection')).toMatch(/does not have it/)
    expect(lackOf('china', hostsOf('china'), 'auditLogs')).toBeUndefined()
    expect(lackOf('singapore', hostsOf('singapore', { graph: 'https://g' }), 'auditLogs')).toMatch(/does not have it/)
    expect(lackOf('france', hostsOf('france'), 'auditLogs')).toMatch(/tell it with hosts.graph/)
    expect(lackOf('france', hostsOf('france', { graph: 'https://g' }), 'auditLogs')).toBeUndefined()
  })

  it('make a JSON Schema with a description of every option', () => {
    const { properties = {} } = z.toJSONSchema(tenantOptions, { io: 'input' }) as { properties?: object }
    expect(Object.keys(properties)).toContain('federated_token_file')
    expect(Object.keys(clouds)).toEqual([...cloudNames])
  })
})
