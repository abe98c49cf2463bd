import { exit } from '@siembridge/core'
import { refuseOldNode } from '../agent/config-file.ts'
import { complaints, isGood, samples, sourceTable, targetTable } from '../demo/report.ts'
import { type DemoResult, runDemo } from '../demo/run-demo.ts'
import { count, Talk } from '../demo/talk.ts'
import { told } from '../demo/told.ts'
import { Workplace } from '../demo/workplace.ts'
import { records } from '../demo/world.ts'
import { print } from '../sink.ts'
import { colour, wrap } from '../terminal/style.ts'

export interface DemoOptions {
  /** Repeats the records and faults of an earlier run. */
  readonly seed?: number
  /** One JSON object on standard output, everything else on standard error. */
  readonly json?: boolean
}

/** `siembridge demo`: simulated Microsoft cloud, the real agent, real receivers, and a judge; exit status. Throws `NodeTooOld`. */
export async function demo({ seed = 1, json = false }: DemoOptions = {}): Promise<number> {
  refuseOldNode()
  const workplace = new Workplace()
  const interrupted = (): void => void workplace.close(false).finally(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  const talk = new Talk(json)
  let good = false
  try {
    introduce(talk, seed)
    const result = await runDemo(workplace, talk, seed)
    good = isGood(result)
    tell(talk, result)
    if (!good) talk.say(`\nConfiguration, state and logs are kept in ${workplace.directory}`)
    if (json) await print(`${JSON.stringify(told(result, seed, workplace.directory))}\n`)
    return good ? exit.good : exit.no
  } finally {
    await workplace.close(!good)
  }
}

function introduce(talk: Talk, seed: number): void {
  const text = `A simulated Microsoft cloud issues about ${count(records)} records of 15 kinds: some late, some twice, some changed \
afterwards, with errors in between. The real agent (\`siembridge run\`) collects them and delivers each to four receivers. \
It is killed with SIGKILL in the middle of its work, again and again, and started again. In the end every byte that arrived is \
compared with what should have arrived. Nothing leaves this machine. Seed ${seed}.`
  talk.say(`${wrap(text, 80).join('\n')}\n`)
}

function tell(talk: Talk, result: DemoResult): void {
  talk.say(`\n${sourceTable(result)}`)
  talk.say(notes)
  talk.say(`\n${targetTable(result)}`)
  talk.say(`\n  One event of each format, as it arrived:\n${samples(result)}\n`)
  const seconds = Math.round(result.ms.whole / 1000)
  if (!isGood(result))
    return talk.say(`${colour('red', `Not as promised, after ${seconds} s:`)}\n${complaints(result).join('\n')}`)
  const arrived = result.verdict.targets.map(({ delivered }) => delivered)
  const [least, kills] = [count(Math.min(...arrived)), result.kills.length]
  const verdict = `Nothing was lost and nothing doubled: ${least} events reached each of the ${arrived.length} targets, byte for byte, \
although the agent was killed ${kills} times (${seconds} s).`
  talk.say(colour('green', wrap(verdict, 80).join('\n')))
}

const notes = `
  superseded: overwritten at the source after a killed agent had been shown it; gone there.
  silent: changed without a new time, and not read again after that.`
