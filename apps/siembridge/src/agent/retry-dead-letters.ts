import { type Receipt, recordsOf } from '@siembridge/core'
import type { DeadLetter } from '@siembridge/core/pipeline'
import type { Agent } from './agent.ts'
import type { OpenTarget } from './composition.ts'
import { parcelOf } from './parcels.ts'
import { openLetters, settleLetters } from './settled-letters.ts'

type Letter = DeadLetter & { readonly id: string }

const bytesOf = ({ text, base64 }: Letter): Buffer =>
  base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64')

/** Records go through the pipeline again, events to the target that refused them. Answers what became of them, for a person. */
export async function retryDeadLetters(agent: Agent, progress: (text: string) => void): Promise<string> {
  const letters: Letter[] = []
  for await (const letter of openLetters(agent.config.state)) letters.push(letter)
  let settled = 0
  const settle = (ids: readonly string[]): void => {
    settled += ids.length
    settleLetters(agent.config.state, ids)
    progress(`${settled} of ${letters.length}`)
  }
  for (const [name, group] of grouped(letters.filter(({ from }) => from === 'lane')))
    settle(await retryRecords(agent, name.split('/')[0] ?? name, group))
  for (const [name, group] of grouped(letters.filter(({ from }) => from === 'target')))
    settle(await retryEvents(agent, name, group))
  if (letters.length === 0) return 'there are no dead letters'
  const left = letters.length - settled
  return left === 0
    ? `${settled} dead letters retried`
    : `${settled} dead letters retried; ${left} stay, \`siembridge dead-letters list\` says why`
}

function grouped(letters: readonly Letter[]): Map<string, Letter[]> {
  const groups = new Map<string, Letter[]>()
  for (const letter of letters) groups.set(letter.name, [...(groups.get(letter.name) ?? []), letter])
  return groups
}

/** A record that still cannot be read becomes a dead letter anew. */
async function retryRecords(agent: Agent, source: string, letters: readonly Letter[]): Promise<string[]> {
  const { pipeline } = agent.running.composition
  const lane = await pipeline.lane(source, { stream: 'dead-letters', windowMs: 0 }, agent.ending.signal)
  const before = Number(Buffer.from(lane.position ?? []).toString() || '0')
  await lane.emit(recordsOf(letters.map(bytesOf)), Buffer.from(String(before + letters.length)))
  await lane.settled()
  return letters.map(({ id }) => id)
}

async function retryEvents(agent: Agent, name: string, letters: readonly Letter[]): Promise<string[]> {
  const target = agent.running.composition.targets.find(({ configured }) => configured.name === name)
  if (!target) return []
  const settled: string[] = []
  for (const group of portions(target, letters)) {
    const lines = group.map((letter) => Buffer.concat([bytesOf(letter), Buffer.from('\n')]))
    const receipt = await target.delivery.inject(parcelOf(lines), agent.ending.signal)
    settled.push(...group.filter((_, at) => isDelivered(receipt, at)).map(({ id }) => id))
    if (receipt.all !== 'delivered') break
  }
  return settled
}

const isDelivered = ({ all, except = [] }: Receipt, at: number): boolean =>
  (except.find((other) => other.at === at)?.is ?? all) === 'delivered'

function portions({ delivery }: OpenTarget, letters: readonly Letter[]): Letter[][] {
  const found: Letter[][] = []
  let bytes = Infinity
  for (const letter of letters) {
    const size = bytesOf(letter).length + 1
    const last = found.at(-1)
    if (!last || bytes + size > delivery.maxBytes || last.length >= delivery.maxEvents) {
      found.push([letter])
      bytes = size
    } else {
      last.push(letter)
      bytes += size
    }
  }
  return found
}
