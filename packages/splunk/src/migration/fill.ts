import type { SecretSource, Step } from './proposal.ts'
import { type Ask, entriesOf, type RestRequest } from './rest.ts'

/** The request of a step with the secrets that it is to be filled with; why not, where one is missing. */
export async function filledIn({ request, fill = {} }: Step, ask: Ask): Promise<RestRequest | string> {
  const values: Record<string, string> = {}
  for (const [field, source] of Object.entries(fill)) {
    const value = await secretOf(source, ask)
    if (value === undefined) return `${field} is not in storage/passwords any more, or you may not read it`
    values[field] = value
  }
  return { ...request, form: { ...request.form, ...values } }
}

/** An entry that is there takes the value only under its own address (Splunk, REST API Reference, storage/passwords). */
export function replacedSecret({ app, form = {} }: RestRequest): RestRequest {
  const escaped = (text = ''): string => text.replaceAll(':', String.raw`\:`)
  const id = encodeURIComponent(`${escaped(form['realm'])}:${escaped(form['name'])}:`)
  const password = form['password'] ?? ''
  return { method: 'POST', app, endpoint: `storage/passwords/${id}`, form: { password } }
}

/** Reads a secret of an older add-on: one entry, or the JSON that several entries are together (solnlib, credentials.py). */
async function secretOf({ request, realm, name, member }: SecretSource, ask: Ask): Promise<string | undefined> {
  const entries = entriesOf(await ask(request)).filter(
    ({ settings }) => settings['realm'] === realm || (realm === '' && settings['realm'] === undefined),
  )
  const valueOf = (one: string): string | undefined =>
    entries.find(({ settings }) => settings['username'] === one)?.settings['clear_password']
  if (member === undefined) return valueOf(name)
  let whole = ''
  for (let part = 1; ; part++) {
    const value = valueOf(`${name}${part}`)
    if (value === undefined || value.startsWith(endMark)) break
    whole += value
  }
  try {
    const value = (JSON.parse(whole) as Record<string, unknown>)[member]
    return typeof value === 'string' && value !== '' ? value : undefined
  } catch {
    return undefined
  }
}

/** Stands in a part behind the last one. */
const endMark =
  '``splunk_cred_sep``S``splunk_cred_sep``P``splunk_cred_sep``L``splunk_cred_sep``U``splunk_cred_sep``N``splunk_cred_sep``K``'
