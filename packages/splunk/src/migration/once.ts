import type { AddOnMigration, InputMove, InputProposal } from './proposal.ts'
import { isOn, type RestEntry } from './rest.ts'

/** An input that collects a stream, and where it begins. */
interface Keeper {
  readonly name: string
  /** ISO 8601; "" for one that is there already, which keeps what it has. */
  readonly start: string
  readonly input?: InputProposal
}

/** A stream of an account into an index: what two inputs must not both collect. `*` stands for every stream of a kind. */
const claimOf = (scheme: string, settings: Readonly<Record<string, string>>, stream: string): string => {
  const { index = '' } = settings
  return [scheme, settings['account'], index === 'default' ? '' : index, stream].join('\0')
}

const streamsOf = ({ streams = '' }: Readonly<Record<string, string>>): readonly string[] =>
  streams
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

/**
 * Leaves each stream of an account to one input: several older inputs bring the same alerts, and each of ours would bring all of them.
 * One that is there already keeps its streams; of those that are chosen the one that begins earliest, so that nothing is missing.
 */
export function once(addOns: readonly AddOnMigration[], existing: readonly RestEntry[]): readonly AddOnMigration[] {
  const keepers = new Map<string, Keeper>()
  for (const { name, settings } of existing.filter((one) => !isOn(one.settings['disabled']))) {
    const scheme = name.split('://')[0] ?? ''
    const streams = streamsOf(settings)
    for (const stream of streams.length === 0 ? ['*'] : streams)
      keepers.set(claimOf(scheme, settings, stream), { name, start: '' })
  }
  const all = addOns.flatMap(({ moves }) => moves.filter(({ chosen }) => chosen).flatMap(({ becomes }) => becomes))
  for (const input of all)
    for (const stream of streamsOf(input.settings)) {
      const known = keeperOf(input, stream, keepers)
      const { start } = input.position
      if (!known || start < known.start)
        keepers.set(claimOf(input.scheme, input.settings, stream), {
          name: `${input.scheme}://${input.name}`,
          start,
          input,
        })
    }
  return addOns.map((addOn) => ({ ...addOn, moves: addOn.moves.map((move) => relieved(move, keepers)) }))
}

const keeperOf = (
  { scheme, settings }: InputProposal,
  stream: string,
  keepers: ReadonlyMap<string, Keeper>,
): Keeper | undefined => keepers.get(claimOf(scheme, settings, '*')) ?? keepers.get(claimOf(scheme, settings, stream))

function relieved(move: InputMove, keepers: ReadonlyMap<string, Keeper>): InputMove {
  if (!move.chosen) return move
  const said: string[] = []
  const becomes = move.becomes.flatMap((input) => {
    const own = streamsOf(input.settings).filter((stream) => keeperOf(input, stream, keepers)?.input === input)
    for (const stream of streamsOf(input.settings).filter((one) => !own.includes(one)))
      said.push(`${stream} comes by the input ${keeperOf(input, stream, keepers)?.name ?? ''}, once for both`)
    return own.length === 0 ? [] : [{ ...input, settings: { ...input.settings, streams: own.join(',') } }]
  })
  return { ...move, becomes, differences: [...move.differences, ...said] }
}
