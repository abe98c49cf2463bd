// npm run faults: many schedules; SEED=n repeats one.
import { Pipeline } from '@siembridge/core/pipeline'
import { runSchedule, scheduleOf } from './support/schedule.ts'

const from = Number(process.argv[2]); const to = Number(process.argv[3])
for (let seed = from; seed <= to; seed++) {
  const t = Date.now()
  const o = await Promise.race([runSchedule(Pipeline, scheduleOf(seed)), new Promise<undefined>((r) => setTimeout(() => r(undefined), 20000))])
  if (!o) { console.log(seed, 'STUCK'); continue }
  if (o.problems.length > 0) console.log(seed, JSON.stringify({ ...o, problems: o.problems.slice(0, 3), n: o.problems.length, points: undefined }))
}
console.log('done', from, to)
process.exit(0)
