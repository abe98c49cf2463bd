import { z } from 'zod'

/** The three ways in which events can come to QRadar. */
export const ways = ['leef', 'lsx', 'native'] as const
export type Way = (typeof ways)[number]

/** Marks a plan, and which reading of it is meant. */
export const planFormat = 'siembridge-qradar-plan/1'

const logSourceType = z.strictObject({
  /** How the plan refers to it. */
  key: z.string().min(1),
  name: z.string().min(1).max(241),
  /** True: IBM ships it, and it is found by name; it is never made. */
  shipped: z.boolean(),
  /** Id that a shipped type is known to have: a hint, told where the name is not found. */
  idHint: z.int().positive().optional(),
  /** Extension that parses for it: what it is called on the console, and the file beside the plan. */
  extension: z.strictObject({ name: z.string().min(1), file: z.string().min(1) }).optional(),
})

const logSource = z.strictObject({
  name: z.string().min(1).max(255),
  description: z.string().max(255),
  type: z.string(),
  /** Host name in the syslog header. */
  identifier: z.string().min(1),
})

const qidRecord = z.strictObject({
  /** Stands in the description in brackets: names are not unique in QRadar. */
  key: z.string().min(1),
  type: z.string(),
  name: z.string().min(1).max(255),
  description: z.string().max(2048),
  severity: z.int().min(1).max(10),
  /** Low-level categories by name; the first that the console has. */
  categories: z.array(z.string().min(1)).min(1),
})

const eventMapping = z.strictObject({
  type: z.string(),
  eventId: z.string().min(1),
  category: z.string(),
  qid: z.string(),
})

const property = z.strictObject({
  name: z.string().min(1),
  description: z.string(),
  propertyType: z.enum(['string', 'numeric']),
  useForRules: z.boolean(),
})

const expression = z.strictObject({
  property: z.string(),
  type: z.string(),
  kind: z.enum(['json', 'leef']),
  expression: z.string().min(1),
})

/** Everything that a console is to hold. References are by key, names and event ids are QRadar's own. */
export const planSchema = z.strictObject({
  format: z.literal(planFormat),
  way: z.enum(ways),
  /** What the bridge is to send: format of its target, and host name of its header. */
  sends: z.strictObject({ format: z.string(), hostname: z.string() }),
  logSourceTypes: z.array(logSourceType),
  logSources: z.array(logSource),
  qidRecords: z.array(qidRecord),
  eventMappings: z.array(eventMapping),
  properties: z.array(property),
  expressions: z.array(expression),
})

export type Plan = z.infer<typeof planSchema>
export type PlannedType = Plan['logSourceTypes'][number]
export type PlannedQid = Plan['qidRecords'][number]

/** A plan as a file: one row a line, so that a difference can be read. */
export function printPlan(plan: Plan): string {
  const members = Object.entries(plan).map(([key, value]) => {
    if (!Array.isArray(value)) return ` ${JSON.stringify(key)}: ${JSON.stringify(value)}`
    const rows = value.map((row) => `  ${JSON.stringify(row)}`)
    return ` ${JSON.stringify(key)}: [${rows.length === 0 ? '' : `\n${rows.join(',\n')}\n `}]`
  })
  return `{\n${members.join(',\n')}\n}\n`
}
