// npm run faults: 500 schedules and every broken build. `SEED=17 npm run faults` repeats one schedule; `--json` prints figures.
import { Pipeline } from '@siembridge/core/pipeline'
import { brokenBuilds, loadBroken } from './support/broken.ts'
import { caughtBy } from './support/catch.ts'
import { crashPoints, pointName } from './support/points.ts'
import { type Outcome, runSchedule, scheduleOf } from './support/schedule.ts'

const json = process.argv.includes('--json')
const one = process.env['SEED']
const first = Number(one ?? 1)
const count = Number(process.env['SCHEDULES'] ?? (one === undefined ? 500 : 1))
const perLane = 1000

const figures = {
  schedules: 0,
  events: 0,
  lost: 0,
  doubled: 0,
  repeated: 0,
  crashes: 0,
  damagedFiles: 0,
  failed: [] as number[],
}
const reached = new Set<string>()

for (let seed = first; seed < first + count; seed++) await schedule(seed)
const missed = crashPoints.map(pointName).filter((name) => !reached.has(name))
const uncaught = one === undefined ? await broken() : []
const ok = figures.failed.length === 0 && uncaught.length === 0 && (count < crashPoints.length || missed.length === 0)
report()
process.exit(ok ? 0 : 1)

async function schedule(seed: number): Promise<void> {
  const outcome = await Promise.race([runSchedule(Pipeline, scheduleOf(seed, perLane)), late()])
  figures.schedules++
  figures.events += perLane * 5
  if (outcome === 'late' || outcome.problems.length > 0) failed(seed, outcome)
  if (outcome !== 'late') add(outcome)
  if (figures.schedules % 25 === 0)
    process.stderr.write(`faults: ${figures.schedules} of ${count} schedules, ${figures.failed.length} failed\n`)
}

/** A schedule takes about a second; one that takes two minutes will not end. */
function late(): Promise<'late'> {
  return new Promise((resolve) => setTimeout(() => resolve('late'), 120_000).unref())
}

function add(outcome: Outcome): void {
  figures.lost += outcome.lost
  figures.doubled += outcome.doubled
  figures.repeated += outcome.repeated
  figures.crashes += outcome.crashes
  figures.damagedFiles += outcome.corruptions
  for (const point of outcome.points) reached.add(point)
}

function failed(seed: number, outcome: Outcome | 'late'): void {
  figures.failed.push(seed)
  const problems = outcome === 'late' ? ['it did not end'] : outcome.problems.slice(0, 5)
  const schedule = JSON.stringify(scheduleOf(seed, perLane))
  process.stderr.write(
    `faults: schedule ${seed} failed; again with SEED=${seed} npm run faults\n  ${schedule}\n  ${problems.join('\n  ')}\n`,
  )
}

async function broken(): Promise<string[]> {
  const uncaught: string[] = []
  for (const build of brokenBuilds) {
    const { Pipeline: Broken, close } = await loadBroken(build)
    const caught = await caughtBy(Broken, 100)
    close()
    process.stderr.write(
      `faults: broken on purpose, ${build.name}: ${caught ? `caught by schedule ${caught.seed} (${caught.problem.slice(0, 60)})` : 'NOT CAUGHT'}\n`,
    )
    if (!caught) uncaught.push(build.name)
  }
  return uncaught
}

function report(): void {
  const all = {
    ok,
    ...figures,
    crashPoints: crashPoints.length - missed.length,
    of: crashPoints.length,
    missed,
    brokenBuilds: brokenBuilds.length,
    uncaught,
  }
  if (json) return void process.stdout.write(`${JSON.stringify(all)}\n`)
  process.stdout
    .write(`schedules   ${figures.schedules}, ${figures.events} events, ${figures.crashes} crashes, ${figures.damagedFiles} damaged files
lost        ${figures.lost}
doubled     ${figures.doubled}
repeated    ${figures.repeated}, all inside the stated window
points      ${all.crashPoints} of ${all.of} crash points met${missed.length > 0 ? `; not: ${missed.join(', ')}` : ''}
broken      ${one === undefined ? `${brokenBuilds.length - uncaught.length} of ${brokenBuilds.length} broken builds caught` : 'not run for one schedule'}
${ok ? 'good' : `failed: ${[...figures.failed, ...uncaught].join(', ')}`}
`)
}
