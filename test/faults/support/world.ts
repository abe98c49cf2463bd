import { createHash } from 'node:crypto'
import type { Annotator, Clock, Encoder } from '@siembridge/core'

/** What a schedule collects: lanes of numbered records. */
export interface Issue {
  readonly lanes: readonly string[]
  readonly perLane: number
}

export const uuid = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}

/** Record `number` of a lane: its id, and a filling that is its own, so that bytes are told apart. */
export const recordText = (lane: string, number: number): string =>
  JSON.stringify({ id: `${lane}:${number}`, fill: uuid(`${lane}${number}`).slice(0, 1 + (number % 30)) })

/** Even numbers go to both routes, odd ones to the first. */
export const wantedBy = (route: number, number: number): boolean => route === 0 || number % 2 === 0

export const annotator: Annotator = {
  annotate: (bytes) => {
    const { id } = JSON.parse(bytes.toString()) as { id: string }
    const number = Number(id.split(':')[1])
    const routes = (wantedBy(0, number) ? 1 : 0) | (wantedBy(1, number) ? 2 : 0)
    return {
      type: 't',
      bytes: Buffer.from(bytes),
      key: uuid(id),
      unique: true,
      events: [{ id, severity: 'low' }],
      routes,
    }
  },
}

/** An event is its record. */
export const encoder: Encoder = {
  encode: (record, _tenant, _change, out) => {
    out.line(record.toString(), 'utf8')
    return 1
  },
}

export const idOf = (event: string): string => (JSON.parse(event) as { id: string }).id

/** Turns of the event loop in place of seconds. `jump` moves the wall clock alone. */
export class TestClock implements Clock {
  jump = 0

  now(): number {
    return 1_770_000_000_000 + performance.now() + this.jump
  }

  elapsed(): number {
    return performance.now()
  }

  async sleep(_: number, signal?: AbortSignal): Promise<void> {
    await new Promise(setImmediate)
    signal?.throwIfAborted()
  }
}
