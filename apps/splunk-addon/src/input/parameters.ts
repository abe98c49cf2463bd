import { SiembridgeError } from '@siembridge/core'
import { duration } from '@siembridge/core/units'
import type { InputStanza } from '@siembridge/splunk/modular-input'
import type { Scheme } from '../schemes.ts'

/** What an input of ours is told, in the form in which the bridge works with it. */
export interface Parameters {
  readonly account: string
  /** Streams that are told; all of the scheme where none is. */
  readonly streams: readonly string[] | undefined
  /** Where a first start begins, milliseconds since 1970; undefined for the moment of it. */
  readonly sinceMs: number | undefined
  readonly lookEveryMs: number | undefined
  readonly sourcetypes: 'compatible' | 'own'
  readonly index: string | undefined
  readonly host: string | undefined
  readonly source: string | undefined
}

/** Reads the parameters of an input. Throws SiembridgeError `InputWrong`. */
export function readParameters(scheme: Scheme, { name, params }: InputStanza, nowMs: number): Parameters {
  const given = (key: string): string | undefined => (params[key] === '' ? undefined : params[key])
  const wrong = (key: string, says: string): never => {
    throw new SiembridgeError('InputWrong', name, `${key}: ${says}`)
  }
  const span = (text: string): number | undefined => duration.safeParse(text).data
  const start = given('start')
  const every = given('look_every')
  const sourcetypes = given('sourcetypes') ?? 'compatible'
  const index = given('index')
  const lookEveryMs = every === undefined ? undefined : (span(every) ?? wrong('look_every', `${every} is no time span`))
  if (lookEveryMs !== undefined && lookEveryMs < 1000) wrong('look_every', 'it is less than a second')
  const sinceMs =
    start === undefined
      ? undefined
      : (sinceOf(start, nowMs, span) ?? wrong('start', `${start} is neither a date nor a time span`))
  return {
    account: given('account') ?? wrong('account', 'it is missing'),
    streams: streamsOf(scheme, given('streams'), wrong),
    sinceMs,
    lookEveryMs,
    sourcetypes:
      sourcetypes === 'own' || sourcetypes === 'compatible'
        ? sourcetypes
        : wrong('sourcetypes', 'it is compatible or own'),
    index: index === 'default' ? undefined : index,
    // What stands in inputs.conf before Splunk has filled in the name of the machine (inputs.conf.spec, `host`).
    host: given('host') === '$decideOnStartup' ? undefined : given('host'),
    source: given('source'),
  }
}

function streamsOf(
  { streams }: Scheme,
  told: string | undefined,
  wrong: (key: string, says: string) => never,
): readonly string[] | undefined {
  const names = told
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const known = streams.map(({ name }) => name)
  const odd = names?.find((name) => !known.includes(name))
  if (odd !== undefined) wrong('streams', `there is no ${odd}; there are ${known.join(', ')}`)
  return names === undefined || names.length === 0 ? undefined : [...new Set(names)]
}

function sinceOf(text: string, nowMs: number, span: (text: string) => number | undefined): number | undefined {
  const back = span(text)
  if (back !== undefined) return nowMs - back
  const at = /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}
