import { ask, goneIsFine, list, RestError, textOf } from './rest.ts'

/** Bytes that one entry of `storage/passwords` holds. */
const longest = 255

/** Id of an entry: `realm:name:`, a colon in either written as `\:`. */
const idOf = (realm: string, name: string): string => `${realm.replaceAll(':', '\\:')}:${name.replaceAll(':', '\\:')}:`

const pathOf = (realm: string, name: string): string => `storage/passwords/${encodeURIComponent(idOf(realm, name))}`

/** A value in parts of at most 255 bytes, cut between characters. */
export function partsOf(value: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (const character of value) {
    if (new TextEncoder().encode(part + character).length > longest) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part]
}

/** Names of entries: the name itself, or `NAME#1`, `NAME#2` and so on where one does not hold the value. */
const namesOf = (name: string, parts: readonly string[]): readonly string[] =>
  parts.length === 1 ? [name] : parts.map((_, at) => `${name}#${at + 1}`)

async function entriesOf(realm: string, name: string): Promise<readonly string[]> {
  const all = await list('storage/passwords')
  return all
    .filter(({ content }) => content['realm'] === realm)
    .map(({ content }) => textOf(content['username']))
    .filter((one) => one === name || (one.startsWith(`${name}#`) && /^\d+$/.test(one.slice(name.length + 1))))
}

/** Keeps a secret in place of the one that is there. */
export async function savePassword(realm: string, name: string, value: string): Promise<void> {
  const before = await entriesOf(realm, name)
  const parts = partsOf(value)
  const names = namesOf(name, parts)
  for (const [at, part] of parts.entries()) await saveEntry(realm, names[at] as string, part)
  await removeEntries(
    realm,
    before.filter((one) => !names.includes(one)),
  )
}

async function saveEntry(realm: string, name: string, password: string): Promise<void> {
  try {
    await ask('storage/passwords', { method: 'POST', form: { name, realm, password } })
  } catch (error) {
    if (!(error instanceof RestError && error.status === 409)) throw error
    await ask(pathOf(realm, name), { method: 'POST', form: { password } })
  }
}

async function removeEntries(realm: string, names: readonly string[]): Promise<void> {
  for (const name of names) await goneIsFine(ask(pathOf(realm, name), { method: 'DELETE' }))
}

export const removePassword = async (realm: string, name: string): Promise<void> =>
  removeEntries(realm, await entriesOf(realm, name))
