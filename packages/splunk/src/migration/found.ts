import { olderAddOns } from './add-ons/index.ts'
import type { OlderAddOn, OlderKind, PositionForm } from './older.ts'
import type { RestEntry } from './rest.ts'

/** An input of an older add-on, as it is configured. */
export interface FoundInput {
  /** App of the older add-on. */
  readonly addOn: string
  /** App that holds the stanza. */
  readonly holder: string
  readonly scheme: string
  readonly name: string
  readonly settings: Readonly<Record<string, string>>
}

const kinds = new Map(
  olderAddOns.flatMap((addOn) => addOn.kinds.map((kind) => [kind.scheme, { addOn, kind }] as const)),
)

/** The table of the older kind of input. Throws RangeError for one that no table has. */
export function kindOf(scheme: string): { readonly addOn: OlderAddOn; readonly kind: OlderKind } {
  const found = kinds.get(scheme)
  if (!found) throw new RangeError(`no older add-on has inputs of the kind ${scheme}`)
  return found
}

/** Stanzas `SCHEME://NAME` of older add-ons among all of inputs.conf. */
export const foundInputs = (stanzas: readonly RestEntry[]): readonly FoundInput[] =>
  stanzas.flatMap(({ name: stanza, app, settings }) => {
    const [, scheme = '', name = ''] = /^([\w-]+):\/\/(.+)$/.exec(stanza) ?? []
    const addOn = kinds.get(scheme)?.addOn.app
    return addOn === undefined ? [] : [{ addOn, holder: app === '' ? addOn : app, scheme, name, settings }]
  })

/** Collection with the checkpoint of an input. */
export function collectionOf(position: PositionForm, name: string): string | undefined {
  if (position.in === 'out-of-reach') return undefined
  return position.in === 'contents' ? `${position.collection}${name}` : position.collection
}

/** Collections with the checkpoints of the inputs of an add-on. */
export const collectionsOf = ({ app, kinds: own }: OlderAddOn, inputs: readonly FoundInput[]): readonly string[] => [
  ...new Set(
    inputs
      .filter(({ addOn }) => addOn === app)
      .flatMap(({ scheme, name }) =>
        own
          .filter((kind) => kind.scheme === scheme)
          .flatMap(({ moves }) => moves.flatMap(({ position }) => collectionOf(position, name) ?? [])),
      ),
  ),
]
