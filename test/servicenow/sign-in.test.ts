import { generateKeyPairSync } from 'node:crypto'
import { systemClock } from '@siembridge/core'
import { bridgeUser } from '@siembridge/simulator/servicenow'
import { describe, expect, test } from 'vitest'
import { alert } from './alerts.ts'
import { Bench } from './bench.ts'

const app = { id: 'app', secret: 'client secret', user: 'bridge', clientCredentials: true }
const oauth = { client_id: 'app', client_secret: 'env:CLIENT' }

const bench = async (auth: object, spec: object = { clients: [app] }, more: object = {}): Promise<Bench> => {
  const made = await Bench.open({ auth, ...more }, spec)
  Object.assign(made.secrets, { 'env:CLIENT': 'client secret' })
  return made
}

describe('signing in', () => {
  test('client credentials: one token serves many requests', async () => {
    await using desk = await bench({ method: 'client-credentials', ...oauth })
    const agent = await desk.agent()
    await agent.send([1, 2, 3].map((number) => alert({ number })))
    expect(desk.instance.signIn.grants).toEqual(['client_credentials'])
    expect(desk.tickets()).toHaveLength(3)
  })

  test('a token that was withdrawn is asked for again, and nothing is written twice', async () => {
    await using desk = await bench({ method: 'client-credentials', ...oauth })
    const agent = await desk.agent()
    await agent.send([alert({ number: 1 })])
    desk.instance.signIn.revoke()
    await agent.send([alert({ number: 2 })])
    expect(desk.instance.signIn.grants).toHaveLength(2)
    expect(desk.tickets()).toHaveLength(2)
  })

  test('password: the refresh token gives the next one', async () => {
    await using desk = await bench(
      { method: 'password', ...oauth, user: 'bridge', password: 'env:PASSWORD' },
      { clients: [{ ...app, lifeSeconds: 61 }] },
    )
    const agent = await desk.agent()
    await agent.send([alert({ number: 1 })])
    expect(desk.instance.signIn.grants[0]).toBe('password')
    // A token is asked for anew a minute before it ends.
    await systemClock.sleep(1100)
    await agent.send([alert({ number: 2 })])
    expect(desk.instance.signIn.grants).toContain('refresh_token')
  })

  test.each(['RS256', 'RS512', 'ES256'] as const)(
    'trap: a JWT is good once: every token takes a new one (%s)',
    async (algorithm) => {
      const pair = algorithm.startsWith('ES')
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 })
      const pem = (key: { export(options: { type: string; format: 'pem' }): string | Buffer }, type: string) =>
        String(key.export({ type, format: 'pem' }))
      await using desk = await bench(
        { method: 'jwt', client_id: 'app', user: 'bridge', key: 'env:KEY', key_id: 'k1', algorithm },
        { clients: [{ ...app, keys: { k1: pem(pair.publicKey, 'spki') } }] },
      )
      Object.assign(desk.secrets, { 'env:KEY': pem(pair.privateKey, 'pkcs8') })
      const agent = await desk.agent()
      await agent.send([alert({ number: 1 })])
      desk.instance.signIn.revoke()
      await agent.send([alert({ number: 2 })])
      expect(desk.tickets()).toHaveLength(2)
      expect(desk.instance.signIn.grants).toHaveLength(2)
    },
  )

  test('trap: a JWT for a user with the role admin is refused, and the help says so', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const users = [{ ...bridgeUser, roles: ['admin'] }]
    const keys = { k1: String(pair.publicKey.export({ type: 'spki', format: 'pem' })) }
    await using desk = await bench(
      { method: 'jwt', client_id: 'app', user: 'bridge', key: 'env:KEY', key_id: 'k1' },
      { users, clients: [{ ...app, keys }] },
    )
    Object.assign(desk.secrets, { 'env:KEY': String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })) })
    const agent = await desk.agent()
    expect(await agent.try([alert({ number: 1 })])).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('access_denied') as string,
    })
  })

  test('mutual TLS: the certificate says who it is', async () => {
    await using desk = await bench(
      { method: 'certificate' },
      { tls: 'mutual' },
      { ca: 'env:CA', cert: 'env:CERT', key: 'env:KEY' },
    )
    const { certificate, privateKey } = await desk.instance.clientCertificate('bridge')
    Object.assign(desk.secrets, { 'env:CA': desk.instance.authority, 'env:CERT': certificate, 'env:KEY': privateKey })
    const agent = await desk.agent()
    await agent.send([alert({ number: 1 })])
    expect(desk.ticket()['sys_created_by']).toBe('bridge')
  })

  test('trap: "validation successful" with wrong credentials: the check says no', async () => {
    await using desk = await bench({ method: 'client-credentials', client_id: 'app', client_secret: 'env:WRONG' })
    Object.assign(desk.secrets, { 'env:WRONG': 'not the secret' })
    expect((await desk.check()).map(({ is }) => is)).toEqual(['bad'])
  })

  test('no secret is in any message', async () => {
    await using desk = await bench({ method: 'basic', user: 'bridge', password: 'env:WRONG' })
    Object.assign(desk.secrets, { 'env:WRONG': 'not the secret' })
    const agent = await desk.agent()
    const receipt = await agent.try([alert({ number: 1 })])
    expect(JSON.stringify([receipt, await desk.check(), await desk.journal()])).not.toContain('not the secret')
  })
})
