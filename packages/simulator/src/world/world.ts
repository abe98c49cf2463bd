import { createRandom } from '../random.ts'
import { defaultStreams } from '../defaults.ts'
import { Heap } from '../heap.ts'
import { contentTypes, isContentType } from '../streams.ts'
import { Collection } from './collection.ts'
import { Feed } from './feed.ts'
import { Lane } from './lane.ts'
import { recordKinds } from './record-kinds.ts'
import { createVersion } from './version.ts'
import type { Clock } from '../clock.ts'
import type { Scenario, TenantScenario } from '../scenario.ts'
import type { ContentType, GraphStream, StreamName } from '../streams.ts'
import type { Ledger } from './ledger.ts'
import type { Issue } from './lane.ts'
import type { Version } from './version.ts'

/** Something that will happen in the cloud: a record can be seen, or an object changes. */
type Coming =
  | { readonly what: 'show'; readonly version: Version }
  | { readonly what: 'change'; readonly lane: Lane; readonly id: string; readonly step: number }

/** All records of all tenants, what can be seen of them now, and the ledger of what has been issued. */
export class World {
  readonly ledger: Ledger
  readonly #clock: Clock
  readonly #lanes: Lane[] = []
  readonly #collections = new Map<string, Collection>()
  readonly #feeds = new Map<string, Feed>()
  readonly #coming = new Heap<Coming>()
  readonly #versions = new Map<string, number>()
  #issuing = true

  constructor(scenario: Scenario, tenants: readonly TenantScenario[], clock: Clock, ledger: Ledger) {
    this.#clock = clock
    this.ledger = ledger
    for (const tenant of tenants) this.#addTenant(tenant, scenario)
  }

  get issuing(): boolean {
    return this.#issuing
  }

  /** What the collection shows now. */
  collection(tenant: string, stream: GraphStream): Collection {
    const key = `${tenant}/${stream}`
    const found = this.#collections.get(key) ?? new Collection(recordKinds[stream].timeField)
    this.#collections.set(key, found)
    return found
  }

  feed(tenant: string, contentType: ContentType): Feed | undefined {
    return this.#feeds.get(`${tenant}/${contentType}`)
  }

  /** Issues, shows and changes whatever is due by the clock. */
  advance(): void {
    const now = this.#clock.now()
    if (this.#issuing) for (const lane of this.#lanes) this.#issueDue(lane, now)
    for (let due = this.#coming.popDue(now); due; due = this.#coming.popDue(now)) this.#happen(due.value, due.at)
    for (const feed of this.#feeds.values()) feed.advance(now)
  }

  /** Issues records now, each to be seen `lateMs` later (at once unless told); returns their ids. */
  issue(stream: StreamName, options: { tenant?: string; count?: number; at?: number; lateMs?: number }): string[] {
    const lane = this.#lanes.find(
      (each) => each.stream === stream && (options.tenant ?? each.tenant.id) === each.tenant.id,
    )
    if (!lane) throw new RangeError(`no tenant has the stream ${stream}`)
    const now = this.#clock.now()
    const issued = Array.from({ length: options.count ?? 1 }, () => lane.issue(options.at ?? now))
    for (const issue of issued) this.#take(lane, { ...issue, visibleAt: now + (options.lateMs ?? 0), changes: [] })
    this.advance()
    return issued.map(({ id }) => id)
  }

  /** Changes an object now; false when there is no such object or its kind never changes. */
  change(stream: GraphStream, id: string, tenant?: string): boolean {
    const lane = this.#lanes.find((each) => each.stream === stream && (tenant ?? each.tenant.id) === each.tenant.id)
    const changed = lane ? this.#change(lane, id, this.#versions.get(keyOf(lane, id)) ?? 0, this.#clock.now()) : false
    this.advance()
    return changed
  }

  /** Issues nothing more; everything that was still to come comes now. */
  quiet(): void {
    this.advance()
    this.#issuing = false
    const now = this.#clock.now()
    for (
      let due = this.#coming.popDue(Number.POSITIVE_INFINITY);
      due;
      due = this.#coming.popDue(Number.POSITIVE_INFINITY)
    ) {
      this.#happen(due.value, Math.min(due.at, now))
    }
    for (const feed of this.#feeds.values()) feed.advance(now, true)
  }

  /** Issues by schedule again after {@link quiet}. */
  resume(): void {
    this.#issuing = true
  }

  #addTenant(tenant: TenantScenario, scenario: Scenario): void {
    const seed = scenario.seed ?? 'siembridge'
    const events = { listed: (version: Version, at: number) => this.#list(version, at), dropped: this.#drop.bind(this) }
    for (const type of contentTypes) {
      const feed = new Feed(type, scenario.activity ?? {}, createRandom(`${seed}/${tenant.id}/${type}/blobs`), events)
      feed.enabled = tenant.subscriptions?.includes(type) ?? false
      this.#feeds.set(`${tenant.id}/${type}`, feed)
    }
    for (const stream of tenant.streams ?? defaultStreams) {
      this.#lanes.push(new Lane(stream, tenant, seed, this.#clock.now()))
    }
  }

  #issueDue(lane: Lane, now: number): void {
    for (let issue = lane.nextDue(now); issue; issue = lane.nextDue(now)) this.#take(lane, issue)
  }

  #take(lane: Lane, issue: Issue): void {
    const version = this.#nextVersion(lane, issue, this.#clock.now(), false)
    this.#coming.push(issue.visibleAt, { what: 'show', version })
    for (const [step, at] of issue.changes.entries())
      this.#coming.push(at, { what: 'change', lane, id: issue.id, step })
  }

  #nextVersion(
    lane: Lane,
    { id, fields, eventTime }: Pick<Issue, 'id' | 'fields' | 'eventTime'>,
    issuedAt: number,
    silent: boolean,
  ): Version {
    const key = keyOf(lane, id)
    const number = (this.#versions.get(key) ?? 0) + 1
    this.#versions.set(key, number)
    const of = { tenant: lane.tenant.id, stream: lane.stream, id, version: number, silent, eventTime, issuedAt }
    const version = createVersion(of, fields)
    this.ledger.add(version)
    return version
  }

  #happen(coming: Coming, at: number): void {
    if (coming.what === 'show') this.#show(coming.version, at)
    else this.#change(coming.lane, coming.id, coming.step, at)
  }

  #change(lane: Lane, id: string, step: number, at: number): boolean {
    if (isContentType(lane.stream)) return false
    const current = this.collection(lane.tenant.id, lane.stream).current(id)
    const context = lane.context(at, step, `change/${id}`)
    const fields = current && lane.kind.change?.({ ...current.fields }, context)
    if (!fields) return false
    this.#show(this.#nextVersion(lane, { id, fields, eventTime: at }, at, lane.kind.changesSilently ?? false), at)
    return true
  }

  #show(version: Version, at: number): void {
    if (isContentType(version.stream)) return this.feed(version.tenant, version.stream)?.add(version, at)
    const collection = this.collection(version.tenant, version.stream)
    if ((collection.current(version.id)?.version ?? 0) > version.version) return this.#supersede(version, at)
    const former = collection.show(version)
    if (former) this.#supersede(former, at)
    this.#list(version, at)
  }

  #list(version: Version, at: number): void {
    if (version.state === 'due') return
    version.state = 'due'
    version.visibleAt = at
    this.ledger.note(version)
  }

  #supersede(version: Version, at: number): void {
    version.overwrittenAt = at
    if (version.served === 0) version.state = 'superseded'
    this.ledger.note(version)
  }

  #drop(version: Version): void {
    version.state = 'unsubscribed'
    this.ledger.note(version)
  }
}

function keyOf(lane: Lane, id: string): string {
  return `${lane.tenant.id}/${lane.stream}/${id}`
}
