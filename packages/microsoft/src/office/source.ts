import { badFinding, type Tenant, type Tenants } from '@siembridge/azure'
import { type Finding, type Source, type SourceContext, SiembridgeError } from '@siembridge/core'
import { day } from '../common/duration.ts'
import { type Looker, runLooks } from '../common/looks.ts'
import { ServerTime } from '../common/server-time.ts'
import { throttled } from '../common/trouble.ts'
import { SignInWatch, SilenceWatch, watchExpiry } from '../common/watch.ts'
import { type ContentName, type ContentType, contentTypes } from './content-types.ts'
import { Feed, type FeedOptions } from './feed.ts'
import { type OfficeOptions, officeOptionsFor } from './options.ts'
import { readPosition } from './position.ts'
import { OfficeStream } from './stream.ts'

/** Ids have been seen again after five days; content is kept for seven. A day more for what is on its way. */
const windowMs = 8 * day

/** The source `office365`: the unified audit log of one tenant, each content type on its own. */
export function createOfficeSource(tenants: Tenants): Source<OfficeOptions> {
  return {
    kind: 'office365',
    title: 'Office 365 Management Activity API: the unified audit log',
    options: officeOptionsFor(tenants),
    async *check(context) {
      const tenant = tenants.get(context.options.tenant)
      yield* tenant.check(context.clock.now())
      for (const name of context.options.streams) yield checkStream(name, tenant, context)
    },
    async run(context) {
      const tenant = tenants.get(context.options.tenant)
      const lack = tenants.lacks(tenant.name, 'office365')
      if (lack !== undefined) throw new SiembridgeError('CloudLacks', 'office365', lack)
      const shared = { tenant, context, time: new ServerTime(context.clock, context.log) }
      const signIn = new SignInWatch(context, tenant)
      if (!context.window) void watchExpiry(context, tenant)
      const run = (name: ContentName) =>
        runLooks({ name, details: detailsOf(name, shared), context, signIn, open: () => openStream(name, shared) })
      const ends = await Promise.allSettled(context.options.streams.map(run))
      const failed = ends.find((end) => end.status === 'rejected')
      if (failed) throw failed.reason
    },
  }
}

interface Shared {
  readonly tenant: Tenant
  readonly context: SourceContext<OfficeOptions>
  readonly time: ServerTime
}

type FeedContext = Pick<SourceContext<OfficeOptions>, 'options' | 'signal'>

const subjectOf = (name: ContentName, tenant: Tenant): string =>
  `${name} of tenant ${tenant.name} (permission ${name === 'dlp.all' ? 'ActivityFeed.ReadDlp' : 'ActivityFeed.Read'})`

const detailsOf = (name: ContentName, { tenant, context }: Shared) => ({
  tenant: tenant.name,
  source: context.name,
  stream: name,
})

function feedOf(
  name: ContentName,
  tenant: Tenant,
  { options, signal }: FeedContext,
  time: ServerTime,
  onWait: FeedOptions['onWait'],
): Feed {
  const publisher = options.publisher_identifier ?? tenant.id
  const { type } = contentTypes[name]
  return new Feed({ office: tenant.office, type, publisher, subject: subjectOf(name, tenant), time, signal, onWait })
}

async function openStream(name: ContentName, shared: Shared): Promise<Looker> {
  const { tenant, context, time } = shared
  const { options, clock, window, sinceMs, signal } = context
  const { expects, silentMs }: ContentType = contentTypes[name]
  const subject = subjectOf(name, tenant)
  const details = detailsOf(name, shared)
  const foundFromMs = (position: Uint8Array | undefined): number => {
    const { to, since } = position ? readPosition(position, subject) : { to: sinceMs, since: sinceMs }
    return Math.max(since, to - options.overlap)
  }
  const lane = await context.lane({ stream: name, tenant: tenant.id, windowMs, foundFromMs, expects })
  const feed = feedOf(name, tenant, context, time, (wait) =>
    throttled(wait, subject, (report) => context.report(name, report)),
  )
  return new OfficeStream({
    feed,
    lane,
    clock,
    time,
    signal,
    subject,
    details,
    tell: (event) => context.tell(event),
    silence: new SilenceWatch(context, details, silentMs),
    intervalMs: options.interval,
    overlapMs: options.overlap,
    concurrency: options.concurrency,
    readTwice: options.read_twice,
    sinceMs: window?.fromMs ?? sinceMs,
    untilMs: window?.toMs,
  })
}

async function checkStream(
  name: ContentName,
  tenant: Tenant,
  context: Pick<SourceContext<OfficeOptions>, 'options' | 'signal' | 'clock' | 'log'>,
): Promise<Finding> {
  const subject = `${name} of tenant ${tenant.name}`
  try {
    const feed = feedOf(name, tenant, context, new ServerTime(context.clock, context.log), () => {})
    const enabled = await feed.enabled()
    return enabled
      ? { subject, is: 'good', says: 'the subscription is there' }
      : {
          subject,
          is: 'warning',
          says: 'there is no subscription yet',
          help: 'The first run starts it; content can take up to 12 hours.',
        }
  } catch (error) {
    return badFinding(subject, error)
  }
}
