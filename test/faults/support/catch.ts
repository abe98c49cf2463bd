import type { Pipeline as PipelineClass } from '@siembridge/core/pipeline'
import { runSchedule, type Schedule, scheduleOf } from './schedule.ts'

export interface Caught {
  readonly seed: number
  readonly problem: string
}

/** Small schedules of every kind against a build, until one finds something; undefined where none of so many does. */
export async function caughtBy(Pipeline: typeof PipelineClass, most: number): Promise<Caught | undefined> {
  for (let seed = 1; seed <= most; seed++) {
    const problem = await problemOf(Pipeline, { ...scheduleOf(seed, 300), lives: 8 })
    if (problem !== undefined) return { seed, problem }
  }
  return undefined
}

/** A build that throws or never ends is caught too. */
async function problemOf(Pipeline: typeof PipelineClass, schedule: Schedule): Promise<string | undefined> {
  const stuck = new Promise<string>((resolve) => setTimeout(() => resolve('never ends'), 15_000).unref())
  const ran = runSchedule(Pipeline, schedule).then(
    ({ problems }) => problems[0],
    (error: Error) => `throws: ${error.message}`,
  )
  return Promise.race([ran, stuck])
}
