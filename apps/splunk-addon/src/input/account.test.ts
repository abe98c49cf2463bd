import type { Listed, Splunkd } from '@siembridge/splunk/modular-input'
import { expect, test } from 'vitest'
import { proxyOf, readAccount } from './account.ts'

const password = { realm: 'siembridge_ms#settings', username: 'proxy', clear_password: 'a:b@c' }

/** Splunkd with an account `contoso` and these settings of the proxy. */
function splunkdWith(proxy: Listed['content'], account: Listed['content'] = {}): Splunkd {
  const guid = '00000000-0000-4000-8000-000000000000'
  const lists: Readonly<Record<string, readonly Listed[]>> = {
    'configs/conf-siembridge_ms_account': [
      { name: 'contoso', content: { 'eai:acl': null, tenant_id: guid, client_id: guid, ...account } },
    ],
    'configs/conf-siembridge_ms_settings': [{ name: 'proxy', content: proxy }],
    'storage/passwords': [{ name: 'p', content: password }],
  }
  return { list: async (path: string) => lists[path] ?? [] } as unknown as Splunkd
}

const url = 'http://proxy.example:8080'

// splunkd writes what looks like a number or a boolean as one, or as text.
test.for(['1', 1, true, 'true', 'Yes'])('a proxy is switched on by %j', async (enabled) => {
  expect(await proxyOf(splunkdWith({ enabled, url }))).toBe(url)
})

test.for(['0', 0, false, 'false', '', undefined])('and off by %j', async (enabled) => {
  expect(await proxyOf(splunkdWith({ enabled, url }))).toBeUndefined()
})

test('a user of the proxy goes into its URL with the password, whatever they hold', async () => {
  expect(await proxyOf(splunkdWith({ enabled: 1, url, user: 'contoso@x' }))).toBe(
    'http://contoso%40x:a%3Ab%40c@proxy.example:8080/',
  )
})

test('an account is read with its proxy, and says what is wrong with it without the password', async () => {
  expect(await readAccount(splunkdWith({ enabled: true, url }), 'contoso')).toMatchObject({ proxy: url })
  const wrong = readAccount(splunkdWith({ enabled: true, url: 'proxy.example:8080', user: 'x' }), 'contoso')
  await expect(wrong).rejects.toThrow('proxy: must be a URL such as http://proxy.example:8080')
  await expect(wrong).rejects.not.toThrow('a:b@c')
  await expect(readAccount(splunkdWith({}, { cloud: 'moon' }), 'contoso')).rejects.toMatchObject({
    code: 'AccountWrong',
  })
  await expect(readAccount(splunkdWith({}), 'fabrikam')).rejects.toMatchObject({ code: 'AccountMissing' })
})
