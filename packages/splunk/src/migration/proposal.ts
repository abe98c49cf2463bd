import type { RestRequest } from './rest.ts'

/** Something that was wanted and could not be read. */
export interface Unreadable {
  readonly what: string
  readonly why: string
  /** What the administrator can do. */
  readonly help: string
  readonly request?: RestRequest
}

/** Where an input of ours begins, and what that rests on. */
export interface Position {
  /** `checkpoint` of the older input; its last `event` in the index; its `start` setting; `nothing` tells; the administrator's `choice`. */
  readonly from: 'checkpoint' | 'event' | 'start' | 'nothing' | 'choice'
  /** How far the older input is, ISO 8601; undefined where that is not known. */
  readonly at?: string
  /** Where ours begins, ISO 8601. */
  readonly start: string
  /** What is collected again, in milliseconds. */
  readonly overlapMs: number
  /** A sentence for the administrator: what it rests on, why it begins earlier, and what comes twice. */
  readonly says: string
}

export interface OlderInput {
  readonly app: string
  /** App that holds its stanza. */
  readonly holder: string
  readonly scheme: string
  readonly name: string
  readonly title: string
  readonly disabled: boolean
}

/** An input of ours, as it would be made. */
export interface InputProposal {
  /** Tells the parts of an older input apart; "" where there is one. */
  readonly part: string
  readonly scheme: string
  readonly name: string
  /** Settings of the new input: account, streams, start, index, sourcetypes. */
  readonly settings: Readonly<Record<string, string>>
  readonly sourcetypes: readonly { readonly older: string; readonly ours: readonly string[] }[]
  readonly position: Position
}

/** An account of ours: one that is there, or one that would be made. */
export interface AccountProposal {
  readonly name: string
  readonly exists: boolean
  readonly settings: Readonly<Record<string, string>>
  /** Where its secret is taken from when the step is carried out; it is not read before. */
  readonly secret?: SecretSource
  /** Where its client id is taken from, where the older add-on has that there alone. */
  readonly client?: SecretSource
}

/** A secret in `storage/passwords` of an older add-on. */
export interface SecretSource {
  readonly request: RestRequest
  readonly realm: string
  /** Name of the entry, or what its parts' names begin with. */
  readonly name: string
  /** Member of the JSON that the entries together are; the entry itself is the secret without it. */
  readonly member?: string
}

/** What becomes of one input of an older add-on. */
export interface InputMove {
  /** Tells it from all others; what the administrator chooses by. */
  readonly id: string
  readonly older: OlderInput
  readonly becomes: readonly InputProposal[]
  /** Name of the account that they use; undefined where none can be made. */
  readonly account?: string
  /** Whether the older input is stopped, and why not. */
  readonly stop: boolean
  readonly kept?: string
  /** Whether it is proposed; not for what is disabled or has no account. */
  readonly proposed: boolean
  /** Whether it is to be done: what is proposed, unless the administrator chose otherwise. */
  readonly chosen: boolean
  /** Why it is not proposed. */
  readonly why?: string
  readonly differences: readonly string[]
}

/** What becomes of one older add-on. */
export interface AddOnMigration {
  readonly app: string
  readonly title: string
  readonly splunkbase: number
  readonly moves: readonly InputMove[]
  /** Inputs that stay with the older add-on. */
  readonly stays: readonly { readonly older: OlderInput; readonly why: string }[]
  /** What is different for all of its inputs. */
  readonly differences: readonly string[]
}

export interface Migration {
  readonly addOns: readonly AddOnMigration[]
  readonly accounts: readonly AccountProposal[]
  /** Add-ons that have no inputs here. */
  readonly notFound: readonly { readonly app: string; readonly title: string }[]
  readonly unreadable: readonly Unreadable[]
}

/** One request that changes something. Steps are carried out in their order. */
export interface Step {
  /** Move that it belongs to. */
  readonly move: string
  /** Part of it whose position is taken anew before the step, for `set-start`. */
  readonly part?: string
  readonly kind: 'account' | 'secret' | 'create' | 'stop-older' | 'set-start' | 'enable'
  /** A sentence for the administrator. */
  readonly does: string
  readonly request: RestRequest
  /** Form fields that are filled from there when the step is carried out. */
  readonly fill?: Readonly<Record<string, SecretSource>>
  /** Takes it back. */
  readonly undo?: RestRequest
  /** A sentence for the administrator of what takes it back. */
  readonly undoes?: string
}

export interface StepResult {
  readonly step: Step
  readonly done: boolean
  /** Why it was not done; what splunkd said. */
  readonly says?: string
  /** What was done before it for the same input and could not be taken back. */
  readonly left?: readonly string[]
}
