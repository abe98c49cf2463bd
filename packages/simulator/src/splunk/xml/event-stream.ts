import { childText, type XmlElement, XmlReader } from './tree.ts'

/** One `<event>` of a stream. */
export interface StreamedEvent {
  readonly stanza?: string
  readonly data: string
  /** Seconds since 1970 as the input wrote them. */
  readonly time?: string
  readonly source?: string
  readonly sourcetype?: string
  readonly index?: string
  readonly host?: string
  /** A part of an event that `done` ends. */
  readonly unbroken: boolean
  readonly done: boolean
}

const known = new Set(['time', 'source', 'sourcetype', 'index', 'host', 'data', 'done'])

/** Reads the `<stream>` of an input piece by piece (Splunk, "Set up streaming"): strict XML in UTF-8. */
export class EventStream {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true })
  private readonly reader: XmlReader
  private ended = false

  constructor(onEvent: (event: StreamedEvent) => void) {
    this.reader = new XmlReader(
      (element, depth) => {
        if (depth === 1) onEvent(readEvent(element))
        if (depth === 0) this.ended = true
      },
      (root) => {
        if (root !== 'stream' || this.ended) throw new Error(`the stream begins with <${root}>, not with <stream>`)
      },
    )
  }

  /** Throws for what is not such a stream. */
  write(bytes: Buffer): void {
    const text = this.textOf(bytes)
    if (this.ended && text.trim() !== '') throw new Error('the stream goes on behind </stream>')
    if (!this.ended) this.reader.write(text)
  }

  private textOf(bytes: Buffer): string {
    try {
      return this.decoder.decode(bytes, { stream: true })
    } catch {
      throw new Error('the stream is not UTF-8')
    }
  }

  /** Whether an event was begun and not ended. */
  get insideEvent(): boolean {
    return this.reader.path.length > 1
  }
}

function readEvent(element: XmlElement): StreamedEvent {
  if (element.name !== 'event') throw new Error(`<${element.name}> in place of <event>`)
  const odd = element.children.find(({ name }) => !known.has(name))
  if (odd) throw new Error(`an event does not have <${odd.name}>`)
  const data = childText(element, 'data')
  if (data === undefined) throw new Error('an event without <data>')
  const time = childText(element, 'time')
  if (time !== undefined && !/^\d{1,10}(?:\.\d{1,3})?$/.test(time)) throw new Error(`no time in seconds: ${time}`)
  const { stanza, unbroken } = element.attributes
  const meta = Object.fromEntries(
    (['source', 'sourcetype', 'index', 'host'] as const).flatMap((name) => {
      const text = childText(element, name)
      return text === undefined ? [] : [[name, text]]
    }),
  )
  return {
    ...(stanza !== undefined && { stanza }),
    ...(time !== undefined && { time }),
    ...meta,
    data,
    unbroken: unbroken === '1',
    done: element.children.some(({ name }) => name === 'done'),
  }
}
