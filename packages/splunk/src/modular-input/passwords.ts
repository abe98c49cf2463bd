import { SiembridgeError } from '@siembridge/core'
import type { Listed, Splunkd } from './splunkd.ts'

/**
 * A secret of `storage/passwords` by realm and name. Splunk keeps 255 bytes in one entry, so what is longer stands in entries
 * `NAME#1`, `NAME#2` and so on. Throws SiembridgeError `SecretMissing`.
 */
export async function readPassword(splunkd: Splunkd, realm: string, name: string): Promise<string> {
  const reference = `splunk:${realm}/${name}`
  const entries = await splunkd.list('storage/passwords').catch((error: unknown) => {
    throw new SiembridgeError('SecretMissing', reference, (error as Error).message)
  })
  const value = (of: string): string | undefined => clearOf(entries, realm, of)
  const whole = value(name) ?? joined((part) => value(`${name}#${part}`))
  if (whole === '') throw new SiembridgeError('SecretMissing', reference, 'storage/passwords has no such entry')
  return whole
}

function clearOf(entries: readonly Listed[], realm: string, name: string): string | undefined {
  const found = entries.find(({ content }) => content['realm'] === realm && content['username'] === name)
  const clear = found?.content['clear_password']
  return typeof clear === 'string' ? clear : undefined
}

function joined(part: (number: number) => string | undefined): string {
  let whole = ''
  for (let number = 1; ; number++) {
    const more = part(number)
    if (more === undefined) return whole
    whole += more
  }
}
