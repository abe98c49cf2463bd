import { ourApp, ourConf, ourRealm } from './ours.ts'
import type { AccountProposal, InputMove, InputProposal, Migration, Step } from './proposal.ts'
import type { RestRequest } from './rest.ts'

/**
 * What is to be done for the moves that are chosen: accounts with their secrets; then for each move its inputs, disabled, so that
 * Splunk validates them while the older one still runs; then the older input is stopped, and ours begin where it was. Nothing is done
 * here.
 */
export function stepsFor({ addOns, accounts }: Migration): readonly Step[] {
  const moves = addOns.flatMap((addOn) => addOn.moves).filter(({ chosen }) => chosen)
  const wanted = accounts.filter(({ name, exists }) => !exists && moves.some(({ account }) => account === name))
  const firstOf = (name: string): string => moves.find(({ account }) => account === name)?.id ?? ''
  return [
    ...wanted.flatMap((account) => accountSteps(account, firstOf(account.name))),
    ...moves.flatMap((move) => moveSteps(move)),
  ]
}

const post = (app: string, endpoint: string, form?: Readonly<Record<string, string>>): RestRequest => ({
  method: 'POST',
  app,
  endpoint,
  ...(form && { form }),
})

/** The secret goes first: an account that is there is used as it is when a migration that was interrupted is done again. */
const accountSteps = ({ name, settings, secret, client }: AccountProposal, move: string): readonly Step[] => [
  ...(secret
    ? [
        {
          move,
          kind: 'secret',
          does: `Store the client secret of ${name}, as the older add-on has it`,
          request: post(ourApp, 'storage/passwords', { realm: ourRealm, name }),
          fill: { password: secret },
        } as const,
      ]
    : []),
  {
    move,
    kind: 'account',
    does: `Make the account ${name}`,
    request: post(ourApp, `configs/conf-${ourConf}`, { name, ...settings }),
    ...(client && { fill: { client_id: client } }),
  },
]

const inputs = (scheme: string, ...rest: readonly string[]): string =>
  ['data/inputs', scheme, ...rest.map((part) => encodeURIComponent(part))].join('/')

function moveSteps(move: InputMove): readonly Step[] {
  const { id, older, becomes, stop } = move
  const switchOf = (action: 'enable' | 'disable'): RestRequest =>
    post(older.holder, inputs(older.scheme, older.name, action))
  const stopping: Step = {
    move: id,
    kind: 'stop-older',
    does: `Disable ${older.scheme}://${older.name} of ${older.app}`,
    request: switchOf('disable'),
    undo: switchOf('enable'),
    undoes: `enable ${older.scheme}://${older.name} of ${older.app} again`,
  }
  return [
    ...becomes.map((input) => createStep(id, input)),
    ...(stop ? [stopping] : []),
    ...becomes.flatMap((input) => beginSteps(id, input)),
  ]
}

const createStep = (move: string, { scheme, name, settings }: InputProposal): Step => ({
  move,
  kind: 'create',
  does: `Make the input ${scheme}://${name}, disabled: Splunk asks Microsoft whether it would work`,
  request: post(ourApp, inputs(scheme), { name, ...settings, disabled: '1' }),
  undo: { method: 'DELETE', app: ourApp, endpoint: inputs(scheme, name) },
  undoes: `delete the input ${scheme}://${name}`,
})

/** A checkpoint is read again when the older input has stopped. */
const beginSteps = (move: string, { part, scheme, name, settings, position }: InputProposal): readonly Step[] => [
  ...(position.from === 'checkpoint'
    ? [
        {
          move,
          part,
          kind: 'set-start',
          does: `Let ${scheme}://${name} begin where the older input ended; as it stands, at ${settings['start'] ?? ''}`,
          request: post(ourApp, inputs(scheme, name), settings),
        } as const,
      ]
    : []),
  { move, kind: 'enable', does: `Enable ${scheme}://${name}`, request: post(ourApp, inputs(scheme, name, 'enable')) },
]
