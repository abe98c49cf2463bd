import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { defaultTenantId, type Obligation } from '@siembridge/simulator'
import { AgentProcess } from './agent-process.ts'
import { recordsOfBlobs } from './blobs.ts'
import { untilCollected } from './collected.ts'
import { configuration } from './configuration.ts'
import { judge, type ReceivedEvent, type Verdict } from './judge/index.ts'
import { type Kill, kills, killWhenBusy } from './kills.ts'
import { Progress } from './progress.ts'
import { RenderPool } from './render-pool.ts'
import { openStage, type Stage } from './stage.ts'
import type { Talk } from './talk.ts'
import { killLine } from './tell-kill.ts'
import { demoTargets } from './targets.ts'
import { judgeTickets, type TicketVerdict } from './tickets.ts'
import { issuingMs } from './world.ts'
import type { Workplace } from './workplace.ts'

/** What came of it. */
export interface DemoResult {
  readonly verdict: Verdict
  readonly tickets: TicketVerdict
  readonly kills: readonly Kill[]
  /** The agent collected everything in time. */
  readonly collected: boolean
  /** Exit status of the last agent, which was asked to end. */
  readonly exitStatus: number
  readonly received: ReadonlyMap<string, readonly ReceivedEvent[]>
  readonly ms: { readonly issuing: number; readonly agent: number; readonly whole: number }
}

/** Runs cloud, agent and receivers, kills the agent again and again, and judges what arrived. */
export async function runDemo(workplace: Workplace, talk: Talk, seed: number): Promise<DemoResult> {
  const stage = await openStage(workplace, seed)
  writeFileSync(workplace.path('siembridge.yaml'), configuration(stage.cloud, stage.receivers, stage.serviceNow.url))
  talk.say(`Configuration of the agent, while this runs: ${workplace.path('siembridge.yaml')}\n`)
  const agent = new AgentProcess(workplace)
  const progress = new Progress(stage, talk)
  agent.start()
  const done = await killAgain(stage, agent, talk, progress)
  const pool = new RenderPool(demoTargets, defaultTenantId)
  workplace.atEnd(() => pool.close())
  const quietMs = Date.now()
  const { clock } = await stage.cloud.stats()
  let issued: ReadonlySet<string> = new Set()
  const rendering = renderBlobs(stage, pool).then((hashes) => (issued = hashes))
  const collected = await untilCollected(agent, clock, async (waitingFor) => {
    await progress.look(waitingFor)
    renderArrived(stage, pool, issued)
  })
  const exitStatus = await agent.stop()
  const agentMs = Date.now() - stage.beganMs
  talk.progress('comparing what was issued with what arrived…')
  await rendering
  const verdict = await verdictOf(stage, pool)
  const tickets = judgeTickets(stage.serviceNow, stage.observer.records.values())
  const ms = { issuing: quietMs - stage.beganMs, agent: agentMs, whole: Date.now() - stage.beganMs }
  return { verdict, tickets, kills: done, collected, exitStatus, received: stage.observer.received, ms }
}

/** Kills the agent while the cloud issues, and once more right after its last record. */
async function killAgain(stage: Stage, agent: AgentProcess, talk: Talk, progress: Progress): Promise<Kill[]> {
  const done: Kill[] = []
  for (let number = 0; number < kills; number++) {
    await waitUntil(stage.beganMs + (issuingMs * (number + 1)) / kills, progress)
    if (number === kills - 1) await stage.cloud.quiet()
    done.push(await killWhenBusy(stage, agent, number))
    talk.say(killLine(done.at(-1) as Kill, number))
    progress.kills = done.length
  }
  return done
}

async function waitUntil(ms: number, progress: Progress): Promise<void> {
  while (Date.now() < ms) {
    await progress.look()
    await delay(Math.max(0, Math.min(500, ms - Date.now())))
  }
}

/** The audit log can be had from the cloud at any time: its records are rendered first. Answers the hashes of all records. */
async function renderBlobs({ cloud }: Stage, pool: RenderPool): Promise<ReadonlySet<string>> {
  const rows = (await cloud.ledger()).filter(({ state }) => state === 'due')
  pool.add(await recordsOfBlobs(cloud, rows))
  return hashesOf(rows)
}

const hashesOf = (rows: readonly Obligation[]): ReadonlySet<string> =>
  new Set(rows.flatMap(({ sha256, otherSha256 }) => [sha256, ...otherSha256]))

/** Other records are told by what arrived: the ledger's hash says whether they are the very bytes that were issued. */
const renderArrived = ({ observer }: Stage, pool: RenderPool, issued: ReadonlySet<string>): void =>
  pool.add([...observer.records].filter(([hash]) => issued.has(hash)))

async function verdictOf(stage: Stage, pool: RenderPool): Promise<Verdict> {
  await stage.observer.poll()
  const rows = await stage.cloud.ledger()
  renderArrived(stage, pool, hashesOf(rows))
  await pool.finish()
  // Blobs that were listed late, or whose every answer was spoilt by a fault, are asked for once more.
  const { rendered } = pool
  const unread = rows.filter(
    ({ state, blobs, sha256, otherSha256 }) =>
      state === 'due' && blobs.length > 0 && ![sha256, ...otherSha256].some((hash) => rendered.has(hash)),
  )
  if (unread.length > 0) {
    pool.add(await recordsOfBlobs(stage.cloud, unread))
    await pool.finish()
  }
  return judge({ rows, rendered: pool.rendered, targets: demoTargets, received: stage.observer.received })
}
