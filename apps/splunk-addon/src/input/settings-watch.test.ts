import type { Clock, Logger } from '@siembridge/core'
import { type InputStanza, type Listed, type Splunkd, SplunkdRefusal } from '@siembridge/splunk/modular-input'
import { expect, test } from 'vitest'
import { watchSettings } from './settings-watch.ts'

const account = (name: string, more: Listed['content'] = {}): Listed => ({ name, content: { tenant_id: 'a', ...more } })
const stanzas: readonly InputStanza[] = [
  { name: 'siembridge_alerts://a', app: 'search', params: { account: 'contoso' } },
]
const first = {
  'configs/conf-siembridge_ms_account': [account('contoso', { 'eai:acl': 'x' }), account('other')],
  'configs/conf-siembridge_ms_settings': [
    { name: 'logging', content: { level: 'info' } },
    { name: 'proxy', content: { enabled: '1', url: 'http://proxy.example:8080', user: 'me' } },
  ],
  'storage/passwords': [
    { name: 'p', content: { realm: 'siembridge_ms#settings', username: 'proxy', clear_password: 'one' } },
  ],
}
type Site = Record<string, readonly Listed[] | Error>

/** What the watch says when it looks at one state of splunkd after the other; undefined where it says nothing. */
async function watched(...looks: readonly Site[]): Promise<string | undefined> {
  const ending = new AbortController()
  let at = 0
  const splunkd = {
    list: async (path: string) => {
      const answer = looks[at]?.[path] ?? []
      if (answer instanceof Error) throw answer
      return answer
    },
  } as unknown as Splunkd
  const clock = {
    sleep: async () => {
      at++
      if (at === looks.length) ending.abort()
    },
  } as unknown as Clock
  const log = { debug: () => undefined } as unknown as Logger
  let said: string | undefined
  const over = (why: string): void => void (said = why)
  await watchSettings({ splunkd, stanzas, clock, log, signal: ending.signal, over })
  return said
}

const changed = 'settings of the add-on have changed'
const accounts = 'configs/conf-siembridge_ms_account'
const settings = 'configs/conf-siembridge_ms_settings'

test.for<[string, Site, string | undefined]>([
  ['an account of an input that changes', { [accounts]: [account('contoso', { tenant_id: 'b' })] }, changed],
  ['an account of an input that is removed', { [accounts]: [account('other')] }, changed],
  ['an account of none', { [accounts]: [account('other', { tenant_id: 'b' }), account('contoso')] }, undefined],
  ['what Splunk notes itself', { [accounts]: [account('contoso', { 'eai:acl': 'y' })] }, undefined],
  [
    'a log level',
    { [settings]: [{ name: 'logging', content: { level: 'debug' } }, first[settings][1] as Listed] },
    changed,
  ],
  ['a proxy that is switched off', { [settings]: [first[settings][0] as Listed] }, changed],
  [
    'the password of the proxy',
    {
      'storage/passwords': [
        { name: 'p', content: { ...first['storage/passwords'][0]?.content, clear_password: 'two' } },
      ],
    },
    changed,
  ],
])('%s', async ([, more, says]) => {
  expect(await watched(first, { ...first, ...more })).toBe(says)
})

test('splunkd that does not answer for a while changes nothing', async () => {
  const down = { [accounts]: new SplunkdRefusal(503, '503 busy') }
  expect(await watched(down, first, down, first)).toBeUndefined()
  expect(await watched(first, down, { ...first, [accounts]: [] })).toBe(changed)
})

test('a session key that ends is said, from the start on', async () => {
  const ended = { [accounts]: new SplunkdRefusal(401, '401 call not properly authenticated') }
  expect(await watched(ended)).toContain('session key')
  expect(await watched(first, ended)).toContain('401 call not properly authenticated')
})
