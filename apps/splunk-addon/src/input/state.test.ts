import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock, Logger } from '@siembridge/core'
import type { Splunkd } from '@siembridge/splunk/modular-input'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openState } from './state.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'siembridge-state-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const info = (kvStoreStatus?: string) => [{ name: 'server-info', content: { kvStoreStatus } }]

/** Opens the state of an input; `statuses` are what `server/info` answers one time after the other, and `waits` is called between. */
async function opened(checkpointDir: string, statuses: readonly (readonly unknown[])[], waits = (): void => undefined) {
  const told: string[] = []
  let at = 0
  const ask = async ({ json }: { json?: { _key: string }[] }): Promise<unknown> => json?.map(({ _key }) => _key) ?? []
  const splunkd = { list: async () => statuses[Math.min(at, statuses.length - 1)] ?? [], ask }
  const sleep = async (): Promise<void> => {
    at++
    waits()
  }
  const say = (text: string): unknown => told.push(text)
  const state = await openState({
    splunkd: splunkd as unknown as Splunkd,
    server: { host: 'splunk.contoso.com', uri: 'https://127.0.0.1:8089', sessionKey: '', checkpointDir },
    stanza: 'siembridge_alerts://a',
    tenantId: '00000000-0000-4000-8000-000000000000',
    sinceMs: 1,
    clock: { sleep } as unknown as Clock,
    log: { info: say, error: say } as unknown as Logger,
    signal: new AbortController().signal,
  })
  return { state, told }
}

test('a splunkd that says nothing of itself is waited for, and no files are begun', async () => {
  const { state, told } = await opened(folder, [[], info('starting')])
  expect(state.directory).toMatch(/^state\//)
  expect(readdirSync(folder)).toEqual([])
  expect(told).toEqual([expect.stringContaining('server/info of splunkd is empty'), expect.stringContaining('again')])
})

test('a forwarder without a KV store keeps files, and goes on with them where there is one later', async () => {
  for (const status of [info('disabled'), info('ready')])
    expect((await opened(folder, [status])).state.directory.startsWith(folder)).toBe(true)
})

test('a checkpoint directory that cannot be used is named, and used as soon as it can be', async () => {
  const inTheWay = join(folder, 'modinputs')
  writeFileSync(inTheWay, '')
  const { state, told } = await opened(inTheWay, [info()], () => rmSync(inTheWay))
  expect(told[0]).toMatch(/its state in .*modinputs\/.* cannot be used: ENOTDIR/)
  expect(existsSync(state.directory)).toBe(true)
})
