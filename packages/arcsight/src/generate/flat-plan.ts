import { cefReason, type TypePlan, typePlan } from '@siembridge/engine/plans'
import {
  additionalFields,
  columnMappings,
  constant,
  firstOf,
  type PlannedMapping,
  type PlannedToken,
  timeOf,
  typedToken,
} from './column.ts'

/** A parser to be written: what it makes of the flat form of one log type. */
export interface ParserPlan {
  readonly type: TypePlan['type']
  readonly trigger: string
  readonly tokens: readonly PlannedToken[]
  readonly mappings: readonly PlannedMapping[]
  /** Names of additional data; each is the token of that name. */
  readonly additional: readonly string[]
  /** Event field that the severity map asks. */
  readonly severityField: 'deviceSeverity' | 'flexNumber1'
  /** Whether the type tells how things ended. */
  readonly outcome: boolean
  /** Normalised fields that go nowhere, and why. */
  readonly lost: readonly { readonly field: string; readonly reason: string }[]
}

export interface FlatOptions {
  readonly trigger: string
  readonly additionalData: boolean
}

/** What a connector makes of the flat form, so that it ends in the same event fields as the CEF of the same event. */
export function flatParser(id: string, { trigger, additionalData }: FlatOptions): ParserPlan {
  const plan = typePlan(id)
  const columns = plan.cef.flatMap((item) => {
    const flat = plan.flat.find(({ field }) => field === item.field)
    return flat ? columnMappings(item, flat) : []
  })
  const level = columns.find(({ field }) => field === 'deviceSeverity')
  const mappings = unique([
    ...headerMappings(plan),
    ...columns.filter((column) => column !== level),
    ...severityMappings(level),
  ])
  const carried = new Set(columns.map(({ from }) => from))
  const additional = additionalData ? additionalFields(plan, carried) : []
  return {
    type: plan.type,
    trigger,
    mappings,
    additional: additional.map(({ key }) => key),
    tokens: tokensOf(
      mappings,
      additional.map(({ key }) => key),
    ),
    severityField: level ? 'flexNumber1' : 'deviceSeverity',
    outcome: plan.flat.some(({ field }) => field === 'event.outcome'),
    lost: lostFields(plan, new Set([...carried, ...additional.map(({ field }) => field)])),
  }
}

function headerMappings({ type }: TypePlan): readonly PlannedMapping[] {
  return [
    { ...constant('deviceVendor', 'Microsoft', 'sb'), expression: '__getVendor("Microsoft")' },
    constant('deviceProduct', type.product, 'sb'),
    constant('deviceVersion', String(type.version), 'sb'),
    firstOf('deviceEventClassId', 'sb_signature_id', 'sb_signature_id_cef', 'sb_signature_id'),
    firstOf('name', 'sb_signature_name', 'sb_signature_name_cef', 'sb_signature_name'),
    timeOf('deviceReceiptTime', 'sb_time', 'sb_time_ms'),
    ...(type.signature.category === undefined
      ? []
      : [firstOf('deviceEventCategory', 'sb_category', 'sb_category_cef', 'sb_category')]),
    firstOf('flexString2', 'sb_event_id', 'sb_event_id'),
    constant('flexString2Label', 'siembridgeEventId', 'sb_event_id'),
  ]
}

/**
 * deviceSeverity is the number of CEF's header. Where Microsoft's own word for the level goes there, the severity map has to ask
 * another field: a word says nothing of the severity that the log type derives.
 */
function severityMappings(level: PlannedMapping | undefined): readonly PlannedMapping[] {
  const number = firstOf('deviceSeverity', 'sb_severity', 'sb_severity_number')
  if (!level) return [number]
  const keys = [...level.tokens.map(({ location }) => location), 'sb_severity_number']
  const flex = typedToken('flexNumber1', 'sb_severity', 'sb_severity_number', 'Long')
  return [
    firstOf('deviceSeverity', level.from, ...keys),
    { ...flex, expression: 'severity', tokens: [{ name: 'severity', type: 'Long', location: 'sb_severity_number' }] },
    constant('flexNumber1Label', 'severity', 'sb_severity'),
  ]
}

/** Two fields may share cs6 or a label: the first one has it. */
const unique = (mappings: readonly PlannedMapping[]): readonly PlannedMapping[] =>
  [...new Map(mappings.toReversed().map((mapping) => [mapping.field, mapping])).values()].toReversed()

function tokensOf(mappings: readonly PlannedMapping[], additional: readonly string[]): readonly PlannedToken[] {
  const tokens = new Map(mappings.flatMap(({ tokens }) => tokens).map((token) => [token.name, token]))
  for (const name of additional) if (!tokens.has(name)) tokens.set(name, { name, type: 'String', location: name })
  return [...tokens.values()]
}

const lostFields = ({ flat }: TypePlan, carried: ReadonlySet<string>): ParserPlan['lost'] =>
  flat
    .filter(({ field }) => !carried.has(field))
    .map(({ field }) => ({
      field,
      reason: cefReason(field) ?? 'every column of its kind is taken by a more important field',
    }))
