import { Accounts } from './accounts.ts'
import { olderAddOns } from './add-ons/index.ts'
import { type FoundInput, kindOf } from './found.ts'
import { sourcetypesOfMove } from './last-events.ts'
import { once } from './once.ts'
import type { Move, OlderAddOn } from './older.ts'
import { Names } from './names.ts'
import { eventsOf, positionOf } from './position.ts'
import type { AddOnMigration, InputMove, InputProposal, Migration, OlderInput } from './proposal.ts'
import type { OlderRead } from './read.ts'
import { isOn } from './rest.ts'

/** What the administrator says of a move in place of what is proposed. */
export interface Choice {
  readonly chosen?: boolean
  /** Where its inputs begin, ISO 8601. */
  readonly start?: string
}

/**
 * What would become of the older inputs. Asks for nothing and changes nothing. Choices, by the ids of moves, matter beyond the moves
 * themselves: a stream that several bring is left to one of those that are chosen.
 */
export function propose(read: OlderRead, choices: Readonly<Record<string, Choice>> = {}): Migration {
  const whole = proposeWhole(read)
  const addOns = whole.addOns.map((addOn) => ({
    ...addOn,
    moves: addOn.moves.map((move) => withChoice(move, choices[move.id] ?? {})),
  }))
  return { ...whole, addOns: once(addOns, read.ours.inputs) }
}

const withChoice = (move: InputMove, { chosen = move.proposed, start }: Choice): InputMove => ({
  ...move,
  chosen: move.account !== undefined && chosen,
  becomes: start === undefined ? move.becomes : move.becomes.map((input) => beginningAt(input, start)),
})

const beginningAt = (input: InputProposal, start: string): InputProposal => ({
  ...input,
  settings: { ...input.settings, start },
  position: {
    ...input.position,
    from: 'choice',
    start,
    says: `You chose that it begins at ${start}. As proposed: ${input.position.says}`,
  },
})

/** The same for each older input as if there were no other. */
export function proposeWhole(read: OlderRead): Migration {
  const accounts = new Accounts(read)
  const names = new Names(
    read.ours.inputs.map(({ name }) => name),
    read.ours.tags,
  )
  const found = olderAddOns.filter(({ app }) => read.inputs.some(({ addOn }) => addOn === app))
  const addOns = found.map((addOn) => migrationOf(addOn, read, accounts, names))
  return {
    addOns,
    accounts: accounts.proposed,
    notFound: olderAddOns.filter((one) => !found.includes(one)).map(({ app, title }) => ({ app, title })),
    unreadable: [...read.unreadable, ...accounts.unreadable],
  }
}

function migrationOf(addOn: OlderAddOn, read: OlderRead, accounts: Accounts, names: Names): AddOnMigration {
  const moves: InputMove[] = []
  const stays: { older: OlderInput; why: string }[] = []
  for (const input of read.inputs.filter((one) => one.addOn === addOn.app)) {
    const parts = partsOf(input, read)
    const { kind } = kindOf(input.scheme)
    if (parts.length === 0)
      stays.push({ older: olderOf(input), why: kind.stays ?? 'none of what it collects is switched on' })
    else moves.push(moveOf(input, parts, read, accounts, names))
  }
  const { app, title, splunkbase, differs } = addOn
  return { app, title, splunkbase, moves, stays, differences: differs }
}

interface Part {
  readonly move: Move
  readonly streams: readonly string[]
}

/** Parts of an older input that streams of ours can take over. */
const partsOf = (input: FoundInput, read: OlderRead): readonly Part[] =>
  kindOf(input.scheme).kind.moves.flatMap((move) => {
    const streams = streamsOf(move, input)
    const off = move.when !== undefined && !isOn(input.settings[move.when])
    const silent = move.ifEvents === true && eventsOf(move, input, read.events ?? []).length === 0
    return streams.length === 0 || off || silent ? [] : [{ move, streams }]
  })

function streamsOf({ streams }: Move, { settings }: FoundInput): readonly string[] {
  if (!('setting' in streams)) return streams
  const told = (settings[streams.setting] ?? '').split(',').map((one) => one.trim().toLowerCase())
  const known = Object.entries(streams.values).filter(([value]) => told.includes(value.toLowerCase()))
  return known.length === 0 ? streams.otherwise : known.flatMap(([, names]) => names)
}

const olderOf = ({ addOn: app, holder, scheme, name, settings }: FoundInput): OlderInput => ({
  app,
  holder,
  scheme,
  name,
  title: kindOf(scheme).kind.title,
  disabled: isOn(settings['disabled']),
})

function moveOf(
  input: FoundInput,
  parts: readonly Part[],
  read: OlderRead,
  accounts: Accounts,
  names: Names,
): InputMove {
  const { kind } = kindOf(input.scheme)
  const older = olderOf(input)
  const account = accounts.nameFor(input)
  const why =
    account === undefined
      ? 'it has no account that can be taken over'
      : older.disabled
        ? ['it is disabled', ...interruptedText(input, parts, account, read)].join('; ')
        : undefined
  return {
    id: `${older.app}/${older.scheme}/${older.name}`,
    older,
    becomes: account === undefined ? [] : parts.map((part) => inputOf(input, part, account, read, names)),
    ...(account !== undefined && { account }),
    stop: kind.kept === undefined && !older.disabled,
    ...(kind.kept !== undefined && { kept: kind.kept }),
    proposed: why === undefined,
    chosen: why === undefined,
    ...(why !== undefined && { why }),
    differences: differencesOf(input, parts),
  }
}

/** Where a migration ended between stopping the older input and enabling ours, that of ours is there, disabled. */
function interruptedText(
  input: FoundInput,
  parts: readonly Part[],
  account: string,
  read: OlderRead,
): readonly string[] {
  const made = parts.map(({ move }) => `${move.scheme}://${nameOf(input, move)}`)
  const waiting = read.ours.inputs.filter(
    ({ name, settings }) => made.includes(name) && settings['account'] === account && isOn(settings['disabled']),
  )
  return waiting.map(
    ({ name }) => `${name} is there, disabled too: where its migration was interrupted, enable it on the page Inputs`,
  )
}

const nameOf = ({ name }: FoundInput, { suffix }: Move): string => (suffix === undefined ? name : `${name}_${suffix}`)

function inputOf(
  input: FoundInput,
  { move, streams }: Part,
  account: string,
  read: OlderRead,
  names: Names,
): InputProposal {
  const position = positionOf(move, input, read)
  const { index = '' } = input.settings
  return {
    part: move.suffix ?? '',
    scheme: move.scheme,
    name: names.free(nameOf(input, move), `${move.scheme}://`),
    settings: {
      account,
      streams: streams.join(','),
      start: position.start,
      ...(index !== '' && index !== 'default' && { index }),
      sourcetypes: 'compatible',
    },
    sourcetypes: pairsOf(input, move),
    position,
  }
}

const pairsOf = (input: FoundInput, move: Move) =>
  sourcetypesOfMove(move, input).map((older, at) => ({ older, ours: move.sourcetypes[at]?.ours ?? [] }))

function differencesOf(input: FoundInput, parts: readonly Part[]): readonly string[] {
  const { lost = {} } = kindOf(input.scheme).kind
  const renamed = parts
    .flatMap(({ move }) => pairsOf(input, move))
    .filter(({ older, ours }) => !ours.includes(older))
    .map(({ older, ours }) => `events under ${older} come under ${ours.join(', ')}`)
  const told = Object.entries(lost).flatMap(([name, says]) => (input.settings[name] ? [`${name}: ${says}`] : []))
  return [...renamed, ...parts.flatMap(({ move }) => move.differs), ...told]
}
