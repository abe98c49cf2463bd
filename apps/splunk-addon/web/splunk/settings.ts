import { facts } from '../facts.ts'
import { removePassword, savePassword } from './passwords.ts'
import { createOrChange, isTrue, list, textOf } from './rest.ts'

export interface Proxy {
  readonly enabled: boolean
  readonly url: string
  readonly user: string
}

export interface Settings {
  readonly proxy: Proxy
  readonly level: string
}

const path = `configs/conf-${facts.confs.settings}`

export async function readSettings(): Promise<Settings> {
  const stanzas = await list(path)
  const of = (name: string): Readonly<Record<string, unknown>> =>
    stanzas.find((one) => one.name === name)?.content ?? {}
  const proxy = of('proxy')
  return {
    proxy: { enabled: isTrue(proxy['enabled']), url: textOf(proxy['url']), user: textOf(proxy['user']) },
    level: textOf(of('logging')['level']) || 'info',
  }
}

export async function saveProxy({ enabled, url, user }: Proxy, password: string): Promise<void> {
  if (user === '') await removePassword(facts.realms.settings, 'proxy')
  else if (password !== '') await savePassword(facts.realms.settings, 'proxy', password)
  await createOrChange(path, 'proxy', { enabled: enabled ? '1' : '0', url, user })
}

export const saveLevel = (level: string): Promise<void> => createOrChange(path, 'logging', { level })
