import { oneShot } from '@splunk/splunk-utils/search'
import { createURL } from '@splunk/splunk-utils/url'
import { facts, schemeBy } from '../facts.ts'
import type { Input } from './inputs.ts'

export type SearchRow = Readonly<Record<string, string>>

/** Runs a search and answers its rows. */
export async function search(text: string, earliest: string, count = 50): Promise<readonly SearchRow[]> {
  const answer = (await oneShot(
    { search: text, earliest_time: earliest, latest_time: 'now', count },
    { app: facts.app, owner: 'nobody' },
  )) as { readonly results?: readonly SearchRow[] }
  return answer.results ?? []
}

/** Splunk's page for searches, with a search on it. */
export const searchURL = (text: string, earliest: string): string =>
  createURL(`app/${facts.app}/search`, { q: text, earliest, latest: 'now' })

export const pageURL = (page: string, query?: Readonly<Record<string, string>>): string =>
  createURL(`app/${facts.app}/${page}`, query)

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`

/** Finds the events of an input: its index, and the log types of its kind as their source. */
export function eventsOf({ scheme, index, source }: Input): string {
  const services = schemeBy(scheme)?.services ?? []
  const sources = source === '' ? services.map((service) => `siembridge:${service}.*`) : [source]
  const either = sources.map((one) => `source=${quoted(one)}`).join(' OR ')
  const where = index === '' || index === 'default' ? 'index=main' : `index=${quoted(index)}`
  return `search ${where} (${either})`
}

/** Finds what an input's program says of it. */
export const logOf = ({ stanza }: Pick<Input, 'stanza'>): string =>
  `search index=_internal sourcetype=splunkd component=ExecProcessor siembridge ${quoted(stanza)}`
