import type { Stage } from './stage.ts'
import { count, type Talk } from './talk.ts'
import { kills as allKills } from './kills.ts'

/** Tells how far it is. */
export class Progress {
  kills = 0
  readonly #stage: Stage
  readonly #talk: Talk

  constructor(stage: Stage, talk: Talk) {
    this.#stage = stage
    this.#talk = talk
  }

  async look(waitingFor: readonly string[] = []): Promise<void> {
    const { cloud, observer, beganMs } = this.#stage
    await observer.poll()
    const { streams } = await cloud.stats()
    const issued = Object.values(streams).reduce((sum, { due }) => sum + due, 0)
    const at = [...observer.ids].map(([name, ids]) => `${name} ${count(ids.size)}`).join('  ')
    const seconds = String(Math.round((Date.now() - beganMs) / 1000)).padStart(2)
    const now =
      waitingFor.length === 0
        ? `killed ${this.kills} of ${allKills}`
        : `waiting for ${waitingFor.slice(0, 3).join(', ')}`
    this.#talk.progress(`${seconds} s  issued ${count(issued)}  ${at}  ${now}`)
  }
}
