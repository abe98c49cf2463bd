import { olderAddOns } from './add-ons/index.ts'
import { collectionsOf, type FoundInput, foundInputs } from './found.ts'
import { lastEventsRequest, type LastEvent, lastEventsOf, olderSourcetypes } from './last-events.ts'
import type { OlderAddOn } from './older.ts'
import { ourApp, ourConf, ourState } from './ours.ts'
import type { Unreadable } from './proposal.ts'
import { type Ask, entriesOf, refusalText, type RestAnswer, type RestEntry, type RestRequest } from './rest.ts'

/** A document of a collection. */
export type Row = Readonly<Record<string, unknown>>

/** A name in `storage/passwords`; values are never read with it. */
export interface SecretName {
  readonly app: string
  readonly realm: string
  readonly name: string
}

/** What was read of the older add-ons, and of ours. Nothing in it is a secret. */
export interface OlderRead {
  /** Milliseconds since 1970. */
  readonly nowMs: number
  readonly inputs: readonly FoundInput[]
  /** Accounts by the older add-on's app. */
  readonly accounts: ReadonlyMap<string, readonly RestEntry[]>
  readonly secrets: readonly SecretName[]
  /** Documents by app and collection, `APP/COLLECTION`; none where the collection could not be read. */
  readonly rows: ReadonlyMap<string, readonly Row[]>
  /** Newest events of the last 30 days; undefined where the search could not be run. */
  readonly events: readonly LastEvent[] | undefined
  readonly ours: {
    /** Inputs under `SCHEME://NAME`. */
    readonly inputs: readonly RestEntry[]
    readonly accounts: readonly RestEntry[]
    /** Tags of states, of inputs that are gone too. */
    readonly tags: ReadonlySet<string>
  }
  readonly unreadable: readonly Unreadable[]
}

/**
 * Reads everything that a proposal rests on: configuration, names of secrets, checkpoints, newest events. Changes nothing. What cannot
 * be read is told in the answer. Rejects where Splunk does not answer at all.
 */
export async function readOlder(ask: Ask, nowMs: number): Promise<OlderRead> {
  const reader = new Reader(ask)
  const stanzas = await reader.entries('-', 'conf-inputs', 'the inputs of all apps')
  const inputs = foundInputs(stanzas)
  const addOns = olderAddOns.filter((addOn) => inputs.some((input) => input.addOn === addOn.app))
  const accounts = new Map<string, readonly RestEntry[]>()
  const secrets: SecretName[] = []
  const rows = new Map<string, readonly Row[]>()
  for (const addOn of addOns) {
    accounts.set(addOn.app, await reader.accounts(addOn))
    secrets.push(...(await reader.secrets(addOn)))
    for (const collection of collectionsOf(addOn, inputs)) {
      const found = await reader.rows(addOn.app, collection, {}, `checkpoints of the ${addOn.title}`)
      if (found) rows.set(`${addOn.app}/${collection}`, found)
    }
  }
  const events = addOns.length === 0 ? [] : await reader.events(olderSourcetypes(inputs))
  const tagged = await reader.rows(ourApp, ourState, { fields: 'tag' }, 'states of the add-on’s own inputs')
  const ours = {
    inputs: stanzas.filter(({ name }) => /^siembridge_\w+:\/\//.test(name)),
    accounts: await reader.entries(ourApp, `conf-${ourConf}`, 'the add-on’s own accounts'),
    tags: new Set((tagged ?? []).flatMap(({ tag }) => (typeof tag === 'string' ? [tag] : []))),
  }
  return { nowMs, inputs, accounts, secrets, rows, events, ours, unreadable: reader.unreadable }
}

class Reader {
  readonly unreadable: Unreadable[] = []
  private readonly ask: Ask

  constructor(ask: Ask) {
    this.ask = ask
  }

  async entries(app: string, file: string, what: string): Promise<readonly RestEntry[]> {
    const answer = await this.get({ method: 'GET', app, endpoint: `configs/${file}`, query: { count: '0' } }, what)
    return answer ? entriesOf(answer) : []
  }

  async accounts({ app, accounts: { conf }, title }: OlderAddOn): Promise<readonly RestEntry[]> {
    return conf === undefined ? [] : await this.entries(app, `conf-${conf}`, `accounts of the ${title}`)
  }

  async secrets({ app, title }: OlderAddOn): Promise<readonly SecretName[]> {
    const request = passwordsRequest(app)
    // Only this member of each entry is answered, and so no secret.
    const names = { ...request, query: { ...request.query, f: 'username' } }
    const answer = await this.get(names, `names of the secrets of the ${title}`)
    return (answer ? entriesOf(answer) : []).map(({ name }) => ({ app, ...secretName(name) }))
  }

  async rows(
    app: string,
    collection: string,
    query: Readonly<Record<string, string>>,
    what: string,
  ): Promise<readonly Row[] | undefined> {
    const endpoint = `storage/collections/data/${encodeURIComponent(collection)}`
    const answer = await this.get({ method: 'GET', app, endpoint, query }, what)
    return Array.isArray(answer?.json) ? (answer.json as Row[]) : undefined
  }

  async events(sourcetypes: readonly string[]): Promise<readonly LastEvent[] | undefined> {
    const answer = await this.get(lastEventsRequest(sourcetypes), 'the newest events of the older inputs')
    return answer && lastEventsOf(answer)
  }

  /** What is not there is no trouble. */
  private async get(request: RestRequest, what: string): Promise<RestAnswer | undefined> {
    const answer = await this.ask(request)
    if (answer.status >= 200 && answer.status < 300) return answer
    if (answer.status !== 404) this.unreadable.push({ what, why: refusalText(answer), help: helpFor(answer), request })
    return undefined
  }
}

/** An entry is named `REALM:NAME:`, a colon in either written as `\:`. */
function secretName(id: string): { readonly realm: string; readonly name: string } {
  const [realm = '', name = ''] = id.split(/(?<!\\):/).map((part) => part.replaceAll(String.raw`\:`, ':'))
  return { realm, name }
}

/** Entries with their secrets, for the step that needs one. */
export const passwordsRequest = (app: string): RestRequest => ({
  method: 'GET',
  app,
  endpoint: 'storage/passwords',
  query: { count: '0' },
})

function helpFor({ status }: RestAnswer): string {
  if (status === 401) return 'Sign in to Splunk again.'
  if (status === 403)
    return 'Use a role with the capabilities list_storage_passwords, list_inputs and search, such as admin or sc_admin.'
  if (status === 503) return 'Wait until the KV store runs (splunk show kvstore-status), and look again.'
  return 'Look again; if it stays, see splunkd.log.'
}
