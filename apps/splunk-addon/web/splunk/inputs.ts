import { facts, type SchemeFacts } from '../facts.ts'
import { ask, goneIsFine, isTrue, type Listed, list, RestError, textOf } from './rest.ts'

export const inputFields = [
  'account',
  'streams',
  'start',
  'look_every',
  'sourcetypes',
  'index',
  'source',
  'host',
] as const
export type InputField = (typeof inputFields)[number]

/** An input as it is configured. */
export interface Input extends Readonly<Record<InputField, string>> {
  readonly scheme: string
  readonly name: string
  /** `SCHEME://NAME`. */
  readonly stanza: string
  readonly disabled: boolean
}

export interface InputList {
  readonly inputs: readonly Input[]
  /** Kinds that splunkd does not know: their program did not introduce itself. */
  readonly unknown: readonly SchemeFacts[]
}

const pathOf = (scheme: string, name?: string): string =>
  `data/inputs/${scheme}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`

const inputOf = (scheme: string, { name, content }: Listed): Input => ({
  ...(Object.fromEntries(inputFields.map((field) => [field, textOf(content[field])])) as Record<InputField, string>),
  sourcetypes: textOf(content['sourcetypes']) || 'compatible',
  index: textOf(content['index']) || 'default',
  scheme,
  name,
  stanza: `${scheme}://${name}`,
  disabled: isTrue(content['disabled']),
})

export const newInput = (scheme: string): Input => inputOf(scheme, { name: '', acl: { app: '' }, content: {} })

/** Inputs of every kind, by name. Throws RestError. */
export async function listInputs(): Promise<InputList> {
  const lists = await Promise.all(facts.schemes.map((scheme) => inputsOf(scheme)))
  const inputs = lists.flatMap((one) => one ?? [])
  return {
    inputs: inputs.toSorted((a, b) => a.name.localeCompare(b.name) || a.scheme.localeCompare(b.scheme)),
    unknown: facts.schemes.filter((_, at) => lists[at] === undefined),
  }
}

async function inputsOf({ name: scheme }: SchemeFacts): Promise<readonly Input[] | undefined> {
  try {
    return (await list(pathOf(scheme))).map((listed) => inputOf(scheme, listed))
  } catch (error) {
    if (error instanceof RestError && error.status === 404) return undefined
    throw error
  }
}

/** What a form says of an input: everything but what is left as it is usual. */
function formOf(input: Input, whole: boolean): Record<string, string> {
  // The host stands in every listed stanza, whether told or not.
  const {
    index,
    host: _,
    ...fields
  } = Object.fromEntries(inputFields.map((field) => [field, input[field]])) as Record<InputField, string>
  const told = Object.entries(fields).filter(([, value]) => whole || value !== '')
  return { ...Object.fromEntries(told), index: index === '' ? 'default' : index }
}

/** Makes an input. splunkd has its program look first whether it would work: 400 says what is missing. */
export const createInput = (input: Input): Promise<unknown> =>
  ask(pathOf(input.scheme), { method: 'POST', form: { name: input.name, ...formOf(input, false) } })

export const changeInput = (input: Input): Promise<unknown> =>
  ask(pathOf(input.scheme, input.name), { method: 'POST', form: formOf(input, true) })

export const removeInput = ({ scheme, name }: Input): Promise<void> =>
  goneIsFine(ask(pathOf(scheme, name), { method: 'DELETE' }))

export const switchInput = ({ scheme, name }: Input, on: boolean): Promise<unknown> =>
  ask(`${pathOf(scheme, name)}/${on ? 'enable' : 'disable'}`, { method: 'POST', form: {} })

/** Tries of what has to be done once an input is stopped: it must not stay so for one answer that fails. */
const enableTries = 3

/**
 * Has the program that serves an input begin anew: with what is configured, and with a look at everything that had failed. Throws
 * RestError where it was not stopped, and an Error that says so where it was and does not start.
 */
export async function restartInput(input: Input): Promise<void> {
  await switchInput(input, false)
  for (let left = enableTries; ; left--)
    try {
      await switchInput(input, true)
      return
    } catch (error) {
      if (left === 1)
        throw new Error(
          `${input.name} was disabled to begin anew, and could not be enabled again (${(error as Error).message}). Enable it on the page Inputs.`,
          { cause: error },
        )
    }
}

/** Has inputs as they are at this moment begin anew. One program serves all inputs of a kind, so one of them is enough. */
export async function restartPrograms(which: (input: Input) => boolean = () => true): Promise<number> {
  const { inputs } = await listInputs()
  const enabled = inputs.filter((input) => !input.disabled && which(input))
  const kinds = Map.groupBy(enabled, ({ scheme }) => scheme)
  for (const [first] of kinds.values()) if (first) await restartInput(first)
  return enabled.length
}
