/** One document to be written: whose folder, which name. */
export interface Document {
  readonly type: string
  readonly name: string
}

const head =
  /^\{"sb_type":"([a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*)","sb_event_id":"([0-9a-f-]{36})"(?:,"sb_time":"[^"]{0,40}","sb_time_ms":(\d{1,15}))?/

/**
 * Where an event goes, by the keys that the flat form begins with; undefined for anything else. The name is made of time and event
 * id: names sort by time, and an event that comes again replaces itself as long as it is unread.
 */
export function documentOf(event: Buffer): Document | undefined {
  const found = head.exec(event.subarray(0, 300).toString('latin1'))
  if (!found) return undefined
  const [, type = '', id = '', ms = '0'] = found
  return { type, name: `${ms.padStart(13, '0')}-${id}.json` }
}
