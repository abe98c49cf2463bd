import { appendFileSync, writeFileSync } from 'node:fs'
import { sha256 } from './version.ts'
import type { Version, VersionState } from './version.ts'
import type { StreamName } from '../streams.ts'

/** One line of the ledger. Times are milliseconds since 1970 by the cloud's clock. */
export interface Obligation {
  readonly tenant: string
  readonly stream: StreamName
  readonly id: string
  readonly version: number
  readonly state: VersionState
  /** Of the bytes of the record as they stand in a response. */
  readonly sha256: string
  readonly otherSha256: readonly string[]
  readonly bytes: number
  readonly silent: boolean
  readonly eventTime: number
  readonly issuedAt: number
  readonly visibleAt: number | null
  readonly overwrittenAt: number | null
  readonly firstServedAt: number | null
  readonly served: number
  readonly blobs: readonly string[]
}

/** All versions ever issued. A line goes to the file at every change of state: the last line of a version counts. */
export class Ledger {
  readonly file: string
  readonly #versions: Version[] = []

  constructor(file: string) {
    this.file = file
    writeFileSync(file, '')
  }

  get size(): number {
    return this.#versions.length
  }

  add(version: Version): void {
    this.#versions.push(version)
    this.note(version)
  }

  note(version: Version): void {
    appendFileSync(this.file, `${JSON.stringify(obligationOf(version))}\n`)
  }

  /** Tells that the bytes went out whole; `text` when they were not the record's own. */
  served(version: Version, at: number, text?: string): void {
    const isFirst = version.served === 0
    version.served++
    // It was overwritten while the response was on its way: somebody was shown it after all.
    if (version.state === 'superseded') version.state = 'due'
    version.firstServedAt ??= at
    if (text !== undefined && text !== version.text) version.otherHashes.add(sha256(text))
    if (isFirst) this.note(version)
  }

  *rows(): Generator<Obligation> {
    for (const version of this.#versions) yield obligationOf(version)
  }
}

const hashes = new WeakMap<Version, string>()

function hashOf(version: Version): string {
  const hash = hashes.get(version) ?? sha256(version.text)
  hashes.set(version, hash)
  return hash
}

function obligationOf(version: Version): Obligation {
  const { tenant, stream, id, silent, state, eventTime, issuedAt, served, blobs } = version
  return {
    tenant,
    stream,
    id,
    version: version.version,
    state,
    silent,
    eventTime,
    issuedAt,
    served,
    blobs,
    sha256: hashOf(version),
    otherSha256: [...version.otherHashes],
    bytes: Buffer.byteLength(version.text),
    visibleAt: version.visibleAt ?? null,
    overwrittenAt: version.overwrittenAt ?? null,
    firstServedAt: version.firstServedAt ?? null,
  }
}
