import type { ConfStore } from '../apps/conf-store.ts'
import type { EventIndex } from '../event-index.ts'
import type { StreamedEvent } from '../xml/event-stream.ts'
import type { ConfiguredInput } from './stanzas.ts'

/** Bytes of an event that are kept where no props say otherwise (props.conf.spec, TRUNCATE). */
const usualTruncate = 10_000

/** Makes indexed events of what an input streams: what it does not say, its stanza does. */
export class Indexer {
  private readonly index: EventIndex
  private readonly confs: ConfStore
  private readonly host: string
  /** Parts of events that are not ended yet, by where they belong. */
  private readonly parts = new Map<string, string>()

  constructor(index: EventIndex, confs: ConfStore, host: string) {
    this.index = index
    this.confs = confs
    this.host = host
  }

  take(event: StreamedEvent, inputs: readonly ConfiguredInput[], fallback: string): void {
    const stanza = inputs.find(({ name }) => name === event.stanza) ?? inputs[0]
    const param = (name: string): string | undefined => {
      const value = stanza?.params[name]
      return typeof value === 'string' ? value : undefined
    }
    const sourcetype = event.sourcetype ?? param('sourcetype') ?? fallback
    const source = event.source ?? param('source') ?? stanza?.name ?? fallback
    const given = event.index ?? param('index') ?? 'default'
    const meta = {
      sourcetype,
      source,
      index: given === 'default' ? 'main' : given,
      host: event.host ?? param('host') ?? this.host,
      stanza: stanza?.name ?? '',
    }
    const whole = this.joined(event, `${meta.stanza}\0${source}\0${sourcetype}`)
    if (whole === undefined) return
    const limit = this.truncate(sourcetype)
    const bytes = Buffer.from(whole)
    const kept = limit === 0 ? bytes : bytes.subarray(0, limit)
    this.index.add({
      ...meta,
      raw: kept.toString('utf8'),
      cut: bytes.length - kept.length,
      timed: event.time !== undefined,
      timeMs: event.time === undefined ? Date.now() : Math.round(Number(event.time) * 1000),
    })
  }

  private joined({ data, unbroken, done }: StreamedEvent, key: string): string | undefined {
    const before = this.parts.get(key) ?? ''
    this.parts.delete(key)
    if (!unbroken || done) return before + data
    this.parts.set(key, before + data)
    return undefined
  }

  private truncate(sourcetype: string): number {
    const told = this.confs.stanza('props', sourcetype)?.settings.TRUNCATE
    return told === undefined ? usualTruncate : Number(told)
  }
}
