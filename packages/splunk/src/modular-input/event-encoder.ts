import type { Change, Encoder, Sink } from '@siembridge/core'
import { xmlJson, xmlText } from './xml.ts'

/** What every event of an input goes out with; what is not told, Splunk takes from the input's stanza. */
export interface EventMeta {
  /** `SCHEME://NAME`. */
  readonly stanza: string
  readonly index?: string | undefined
  readonly host?: string | undefined
  readonly source?: string | undefined
}

/** Bytes of an event after which Splunk cuts without a word, where no TRUNCATE says otherwise (props.conf.spec). */
export const usualTruncate = 10_000

/** Told of an event that is longer than that. */
export type LongEvent = (sourcetype: string, bytes: number) => void

/**
 * Events for Splunk's XML streaming mode out of envelopes for its HTTP Event Collector: `inner` encodes as `hec` or `hec-flat`. The
 * event itself keeps its bytes. Indexed fields have no place in the stream.
 */
export class EventEncoder implements Encoder {
  private readonly inner: Encoder
  private readonly meta: EventMeta
  private readonly onLong: LongEvent | undefined

  constructor(inner: Encoder, meta: EventMeta, onLong?: LongEvent) {
    this.inner = inner
    this.meta = meta
    this.onLong = onLong
  }

  encode(record: Buffer, tenant: string | undefined, _change: Change | undefined, out: Sink): number {
    const { meta, onLong } = this
    return this.inner.encode(record, tenant, undefined, {
      line: (envelope, mode) => out.line(eventXml(envelope, meta, onLong), mode),
      get size() {
        return out.size
      },
      back: (size) => out.back(size),
    })
  }
}

const eventMark = ',"event":'
const fieldsMark = ',"fields":{'

/** One `<event>` of a stream (Splunk, "Set up streaming"), on one line. `envelope` is one of `hecEnvelope`. */
export function eventXml(envelope: string, meta: EventMeta, onLong?: LongEvent): string {
  // Within a JSON text quotes are escaped, so the marks stand nowhere else.
  const at = envelope.indexOf(eventMark)
  const fields = envelope.lastIndexOf(fieldsMark)
  const head = JSON.parse(`${envelope.slice(0, at)}}`) as { time?: number; source?: string; sourcetype?: string }
  const data = envelope.slice(at + eventMark.length, fields < at ? -1 : fields)
  if (onLong && data.length > usualTruncate / 3) tellLong(head.sourcetype ?? '', data, onLong)
  const { stanza, index, host, source = head.source } = meta
  const told = { time: timeOf(head.time), source, sourcetype: head.sourcetype, index, host }
  const children = Object.entries(told).flatMap(([name, value]) =>
    value === undefined ? [] : [`<${name}>${xmlText(value)}</${name}>`],
  )
  return `<event stanza="${xmlText(stanza)}">${children.join('')}<data>${xmlJson(data)}</data></event>`
}

/** Seconds since 1970; Splunk takes no time before that. */
const timeOf = (seconds: number | undefined): string | undefined =>
  seconds === undefined || seconds < 0 ? undefined : seconds.toFixed(3)

function tellLong(sourcetype: string, data: string, onLong: LongEvent): void {
  const bytes = Buffer.byteLength(data)
  if (bytes > usualTruncate) onLong(sourcetype, bytes)
}
