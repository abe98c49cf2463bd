import {
  type Delivery,
  eventAt,
  eventsIn,
  type Parcel,
  type Receipt,
  type TargetContext,
  type TargetFact,
} from '@siembridge/core'
import type { Journal } from '@siembridge/sync'
import { Client } from './client/client.ts'
import { BatchWriter } from './client/batch-writer.ts'
import { ImportWriter } from './client/import-writer.ts'
import { isFailure } from './client/table.ts'
import { TableWriter } from './client/writer.ts'
import { sendEvents } from './events/send-events.ts'
import { openJournal } from './open-journal.ts'
import type { ServiceNowOptions } from './options.ts'
import { prepare } from './prepare.ts'
import { ReadBack } from './read-back.ts'
import { readEvent, type TicketEvent } from './rules/event.ts'
import { createRules } from './rules/rule.ts'
import { References } from './schema/references.ts'
import { shippedSchema } from './schema/schema.ts'
import type { Desk } from './tickets/desk.ts'
import { type Outcome, outcomeOf } from './tickets/outcome.ts'
import { plan } from './tickets/plan.ts'
import { StormBrake } from './tickets/storm.ts'
import { upsert } from './tickets/upsert.ts'
import { Waits } from './tickets/waits.ts'

type Context = TargetContext<ServiceNowOptions>
type Except = NonNullable<Receipt['except']>[number]

/** Events become tickets; each ticket gets the newest revision of what it stands for. */
export class ServiceNowDelivery implements Delivery {
  /** One after the other: a parcel's tickets depend on what the one before it made. */
  readonly inFlight = 1
  readonly maxBytes: number
  readonly maxEvents: number
  private readonly context: Context
  private readonly client: Client
  private journal: Journal | undefined
  private readBack: ReadBack | undefined
  private opening: Promise<Desk | Receipt> | undefined
  private busy: Promise<unknown> = Promise.resolve()

  constructor(context: Context) {
    const { options } = context
    this.context = context
    this.maxBytes = options.batch_bytes
    this.maxEvents = options.batch_events
    this.client = new Client(options, context.secrets, context.clock)
  }

  /** Opens the journal: a state directory that cannot be used is told at the start. */
  async begin(): Promise<this> {
    this.journal = await openJournal(this.context)
    return this
  }

  async deliver(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    const work = this.work(parcel, signal)
    this.busy = work.catch(() => undefined)
    return work
  }

  facts(): readonly TargetFact[] {
    return this.readBack?.facts() ?? []
  }

  /** Writes under way are answered, for without an answer the next start would have to wait for them; nothing new is begun. */
  async close(): Promise<void> {
    this.client.stop()
    await this.busy
    await this.readBack?.end()
    await this.journal?.close()
    await this.client.close()
  }

  private async work(parcel: Parcel, signal: AbortSignal): Promise<Receipt> {
    try {
      this.opening ??= this.open()
      const desk = await this.opening
      if ('all' in desk) {
        this.opening = undefined
        return desk
      }
      return await this.withDesk(parcel, desk, signal)
    } catch (error) {
      // The journal cannot be written, say: what was begun is looked up before it is tried again.
      return { all: 'retry', reason: (error as Error).message }
    }
  }

  private async open(): Promise<Desk | Receipt> {
    const { context, client } = this
    const { options, clock, log } = context
    const journal = (this.journal ??= await openJournal(context))
    const schemas = await prepare(client, journal.ledger, context)
    if (isFailure(schemas)) return { all: 'retry', ...told(outcomeOf(schemas)) }
    const table = new TableWriter(client)
    const desk: Desk = {
      options,
      client,
      table,
      writer: writerOf(options, client, table),
      journal,
      rules: createRules(options.rules),
      storm: new StormBrake(options.storm, journal.ledger),
      waits: new Waits(clock),
      references: new References(client, () => clock.now()),
      clock,
      log,
      schema: (name) => schemas.get(name) ?? shippedSchema(name),
    }
    this.readBack ??= new ReadBack(desk, this.context)
    this.readBack.begin()
    return desk
  }

  private async withDesk(parcel: Parcel, desk: Desk, signal: AbortSignal): Promise<Receipt> {
    // What an earlier turn could not note is not to count as delivered before it stands there.
    await desk.journal.flush()
    const events: { event: TicketEvent; place: number }[] = []
    const except: Except[] = []
    for (let place = 0; place < eventsIn(parcel); place++) {
      const event = readEvent(eventAt(parcel, place))
      if ('unreadable' in event) except.push({ at: place, is: 'rejected', reason: event.unreadable })
      else events.push({ event, place })
    }
    const { works, events: forEm, done } = plan(events, desk.rules, desk.journal.ledger)
    const outcomes = new Map([...(await upsert(works, desk, signal)), ...(await sendEvents(forEm, desk, signal))])
    const later: Extract<Outcome, { is: 'later' }>[] = []
    const delivered: Except[] = done.map((at) => ({ at, is: 'delivered', reason: '' }))
    for (const [{ places }, outcome] of outcomes)
      for (const at of places)
        if (outcome.is === 'done') delivered.push({ at, is: 'delivered', reason: '' })
        else if (outcome.is === 'refused') except.push({ at, is: 'rejected', reason: outcome.reason })
        else later.push(outcome)
    if (later.length === 0) return { all: 'delivered', ...listed(except) }
    return { all: 'retry', ...soonest(later), ...listed([...delivered, ...except]) }
  }
}

const writerOf = ({ api, staging_table: staging }: ServiceNowOptions, client: Client, table: TableWriter) =>
  api === 'batch' ? new BatchWriter(client) : api === 'import-set' ? new ImportWriter(client, staging) : table

const told = (outcome: Outcome): Pick<Receipt, 'reason' | 'afterMs'> =>
  outcome.is === 'done'
    ? {}
    : {
        reason: outcome.reason,
        ...('afterMs' in outcome && outcome.afterMs !== undefined && { afterMs: outcome.afterMs }),
      }

/** The longest wait that was asked for holds: it is for the whole instance. */
function soonest(later: readonly Extract<Outcome, { is: 'later' }>[]): Pick<Receipt, 'reason' | 'afterMs'> {
  const waits = later.flatMap(({ afterMs }) => afterMs ?? [])
  const reason = later.find(({ afterMs }) => afterMs !== undefined)?.reason ?? later[0]?.reason
  return { ...(reason !== undefined && { reason }), ...(waits.length > 0 && { afterMs: Math.max(...waits) }) }
}

const listed = (except: readonly Except[]): Pick<Receipt, 'except'> =>
  except.length > 0 ? { except: except.toSorted((a, b) => a.at - b.at) } : {}
