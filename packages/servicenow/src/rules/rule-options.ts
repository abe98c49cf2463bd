import { z } from 'zod'
import { duration } from '@siembridge/core/units'
import { createFilter, FilterError, fieldsOfEvents } from '@siembridge/engine/filter'
import { parseTemplate, specials, TemplateError } from './template.ts'

/** Tables that rules make records in. */
export const recordTables = ['incident', 'sn_si_incident', 'em_event'] as const
export type RecordTable = (typeof recordTables)[number]

const filter = z.string().superRefine((text, context) => {
  try {
    createFilter(text, () => () => undefined)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    context.addIssue({ code: 'custom', message: error.message.split('\n')[0] ?? '' })
  }
})

const template = z.union([z.string(), z.int().transform(String)]).superRefine((text, context) => {
  try {
    parseTemplate(text, knownNames())
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    context.addIssue({ code: 'custom', message: error.message })
  }
})

let names: ReadonlySet<string> | undefined
const knownNames = (): ReadonlySet<string> => (names ??= new Set([...fieldsOfEvents(), ...specials]))

const fieldName = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a field of a table, such as short_description')

const level = z.int().min(1).max(3)
const weights = z.strictObject({ impact: level, urgency: level })

/** Severities to impact and urgency; with ServiceNow's own look-up rules that is P1, P3, P4, P5. */
const usualWeights = {
  critical: { impact: 1, urgency: 1 },
  high: { impact: 1, urgency: 1 },
  medium: { impact: 2, urgency: 2 },
  low: { impact: 3, urgency: 2 },
  informational: { impact: 3, urgency: 3 },
} as const

export const ruleOptions = z
  .strictObject({
    name: z.string().regex(/^[\w .-]{1,60}$/, 'letters, digits, spaces, `.`, `_` and `-`'),
    when: filter.optional().describe('Which events; all unless told'),
    record: z.enum(recordTables).prefault('incident').describe('Table of the record'),
    group: z
      .enum(['alert', 'incident', 'entity', 'time'])
      .prefault('alert')
      .describe('What shares a ticket: nothing, the alerts of an incident, those of one entity, or those of a span'),
    by: z
      .array(
        z
          .string()
          .refine((name) => knownNames().has(name), 'there is no such field; `siembridge list fields` prints them'),
      )
      .min(1)
      .prefault(['host.name'])
      .describe('Fields that name the entity, with `group: entity`'),
    within: duration
      .pipe(z.number().min(60_000))
      .prefault('4h')
      .describe('Span of a ticket, with `group: entity` or `time`'),
    fields: z
      .record(fieldName, template)
      .prefault({})
      .describe('Fields of the record: texts with {{normalised fields}}'),
    severity: z
      .strictObject({
        critical: weights.prefault(usualWeights.critical),
        high: weights.prefault(usualWeights.high),
        medium: weights.prefault(usualWeights.medium),
        low: weights.prefault(usualWeights.low),
        informational: weights.prefault(usualWeights.informational),
      })
      .prefault({})
      .describe('Impact and urgency by severity; ServiceNow works the priority out'),
    on_resolved: z
      .enum(['resolve', 'note', 'nothing'])
      .prefault('resolve')
      .describe('When Microsoft resolves all of it: resolve the ticket, note it, or nothing'),
    resolved: z
      .enum(['reopen', 'comment', 'new'])
      .prefault('reopen')
      .describe('When an alert goes on whose ticket is resolved'),
    closed: z.enum(['new', 'comment']).prefault('new').describe('The same for a ticket that is closed or cancelled'),
    resolve_state: z.int().optional().describe('State of a resolved ticket; 6 for incident, 3 for sn_si_incident'),
    reopen_state: z
      .int()
      .optional()
      .describe('State of a ticket that is opened again; 2 for incident, 16 for sn_si_incident'),
    close_code: z
      .string()
      .optional()
      .describe('Close code of resolved tickets; the first usual one that the instance has, unless told'),
    evidence: z.boolean().prefault(true).describe('Evidence as a readable work note'),
  })
  .superRefine(({ fields }, context) => {
    for (const [name, why] of Object.entries(ownFields))
      if (name in fields) context.addIssue({ code: 'custom', path: ['fields', name], message: why })
  })

/** Fields that the bridge needs for itself. */
const ownFields: Readonly<Record<string, string>> = {
  correlation_id: 'the bridge finds its tickets by correlation_id; use correlation_display or a field of your own',
  state: 'the state follows Microsoft and the people who work on the ticket; see on_resolved, resolved and closed',
  incident_state: 'incident_state is state by another name',
  work_notes: 'work notes are the evidence and what changed; put what else belongs to the ticket into description',
  sys_id: 'ServiceNow makes sys_id itself',
  number: 'ServiceNow makes the number itself',
  priority: 'ServiceNow works the priority out of impact and urgency; see severity',
}

export type RuleOptions = z.infer<typeof ruleOptions>
