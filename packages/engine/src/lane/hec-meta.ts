import type { Field } from '@siembridge/catalog'
import { compileFilter } from '../filter/compile.ts'
import { parseFilter } from '../filter/parse.ts'
import type { EventView } from '../interpret/view.ts'

/** A text for all events, or the first rule whose filter keeps the event; a rule without one takes all. */
export type Rule = string | readonly { readonly when?: string; readonly is: string }[]

export interface HecOptions {
  readonly index?: Rule
  readonly sourcetype?: Rule
  readonly host?: string
  readonly source?: string
}

type Choose = (view: EventView) => string | undefined

/** Sets index, sourcetype, host and source of an envelope. Throws FilterError. */
export function hecMeta(
  options: HecOptions,
  dictionary: ReadonlyMap<string, Field>,
): (envelope: string, view: EventView) => string {
  const index = chooser(options.index, dictionary)
  const sourcetype = chooser(options.sourcetype, dictionary)
  const { host, source } = options
  return (envelope, view) => {
    const own = { index: index(view), host, sourcetype: sourcetype(view), source }
    const set = Object.entries(own).filter((entry): entry is [string, string] => entry[1] !== undefined)
    if (set.length === 0) return envelope
    const at = envelope.indexOf(',"event":')
    const start = at < 0 ? '{' : envelope.slice(0, at)
    const kept = set.reduce((head, [name]) => head.replace(member(name), ''), start)
    const added = set.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')
    return `${kept === '{' ? '{' : `${kept},`}${added}${at < 0 ? `,${envelope.slice(1)}` : envelope.slice(at)}`
  }
}

/** A member of the envelope's head, with the comma before it; heads begin with the time where there is one. */
const member = (name: string): RegExp =>
  new RegExp(`,"${name}":"(?:[^"\\\\]|\\\\.)*"|(?<=^\\{)"${name}":"(?:[^"\\\\]|\\\\.)*",?`)

function chooser(rule: Rule | undefined, dictionary: ReadonlyMap<string, Field>): Choose {
  if (rule === undefined || typeof rule === 'string') return () => rule
  const rules = rule.map(({ when, is }) => ({
    keeps: when === undefined ? () => true : compileFilter(parseFilter(when, dictionary)),
    is,
  }))
  return (view) => rules.find(({ keeps }) => keeps(view))?.is
}
