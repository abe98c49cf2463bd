import type { InputStatus, PositionRequest, StatusDocument } from '../../src/status/record.ts'
import { facts } from '../facts.ts'
import { ask } from './rest.ts'

export type { InputStatus, StreamRecord } from '../../src/status/record.ts'

/** What inputs say of themselves, by stanza. */
export type Statuses = ReadonlyMap<string, { readonly key: string; readonly status: InputStatus }>

const collection = (name: string): string => `storage/collections/data/${name}`

export async function readStatuses(): Promise<Statuses> {
  const documents = (await ask(collection(facts.collections.status), {
    query: { limit: '0' },
  })) as readonly StatusDocument[]
  return new Map(
    documents.flatMap(({ _key, stanza, status }) => {
      const read = statusOf(status)
      // What a newer version wrote is not understood.
      return read?.form === 1 ? [[stanza, { key: _key, status: read }] as const] : []
    }),
  )
}

/** One document that is broken does not hide the others. */
function statusOf(text: string): InputStatus | undefined {
  try {
    return JSON.parse(text) as InputStatus
  } catch {
    return undefined
  }
}

/** Asks an input to set the positions of streams when it starts: times in milliseconds since 1970. A later wish takes an earlier one's place. */
export async function requestPositions(stanza: string, streams: Readonly<Record<string, number>>): Promise<void> {
  const path = collection(facts.collections.requests)
  const key = `r${crypto.getRandomValues(new Uint32Array(2)).join('')}`
  const document: PositionRequest = { _key: key, stanza, streams: JSON.stringify(streams) }
  await ask(path, { method: 'DELETE', query: { query: JSON.stringify({ stanza }) } })
  await ask(`${path}/batch_save`, { method: 'POST', json: [document] })
}

/** What an input that is gone said of itself goes with it. */
export const forgetStatus = (stanza: string): Promise<unknown> =>
  ask(collection(facts.collections.status), { method: 'DELETE', query: { query: JSON.stringify({ stanza }) } })
