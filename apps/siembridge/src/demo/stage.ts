import { join } from 'node:path'
import { appendFileSync } from 'node:fs'
import { type Cloud, type Receivers, startCloud, startReceivers } from '@siembridge/simulator'
import { Observer } from './observer.ts'
import { demoTargets } from './targets.ts'
import type { SimulatedServiceNow } from '@siembridge/simulator/servicenow'
import { openTickets } from './tickets.ts'
import type { Workplace } from './workplace.ts'
import { scenarioOf } from './world.ts'

/** Everything around the agent. */
export interface Stage {
  readonly cloud: Cloud
  readonly receivers: Receivers
  readonly observer: Observer
  readonly serviceNow: SimulatedServiceNow
  readonly beganMs: number
}

const entry = (name: string): string => join(import.meta.dirname, `../demo/${name}.mjs`)

/** Starts the simulated cloud and the receivers, each as a process of its own. */
export async function openStage(workplace: Workplace, seed: number): Promise<Stage> {
  const beganMs = Date.now()
  const log = (name: string) => (text: string) => appendFileSync(workplace.path(`${name}.log`), text)
  const spec = { directory: workplace.path('receivers'), receivers: demoTargets.map(({ receiver }) => receiver) }
  const [receivers, cloud, serviceNow] = await Promise.all([
    startReceivers(spec, { entry: entry('receivers'), onStderr: log('receivers') }),
    startCloud(scenarioOf(seed, workplace.path('cloud')), { entry: entry('cloud'), onStderr: log('cloud') }),
    openTickets(),
  ])
  workplace.atEnd(() => receivers.stop())
  workplace.atEnd(() => cloud.stop())
  workplace.atEnd(() => serviceNow.close())
  return { cloud, receivers, serviceNow, observer: new Observer(receivers), beganMs }
}
