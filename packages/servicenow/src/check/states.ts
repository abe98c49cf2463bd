import type { Finding } from '@siembridge/core'
import type { RuleOptions } from '../rules/rule-options.ts'
import { createRules } from '../rules/rule.ts'
import { closeCode, statesOf } from '../tickets/states.ts'
import { bad, listed, type Look } from './look.ts'

/** States, close codes and weights that a rule writes, against the instance's choices. */
export function* stateFindings(rule: RuleOptions, { schemas }: Look): Generator<Finding> {
  const schema = schemas.get(rule.record)
  if (!schema) return
  const states = schema.choices.get('state')?.map(({ value }) => value) ?? []
  const { resolve, reopen } = statesOf(rule.record)
  const written = [
    ...(rule.on_resolved === 'resolve' ? [['resolve_state', String(rule.resolve_state ?? resolve)] as const] : []),
    ...(rule.resolved === 'reopen' ? [['reopen_state', String(rule.reopen_state ?? reopen)] as const] : []),
  ]
  for (const [option, state] of written)
    if (states.length > 0 && !states.includes(state))
      yield bad(
        `rule ${rule.name}: ${option}`,
        `state ${state} is no choice of ${rule.record}`,
        `Write one of: ${listed(states)}.`,
      )
  yield* closeCodes(rule, schema)
  for (const name of ['impact', 'urgency'] as const) {
    const values = schema.choices.get(name)?.map(({ value }) => value) ?? []
    const odd = Object.values(rule.severity).find(
      (weight) => values.length > 0 && !values.includes(String(weight[name])),
    )
    if (odd)
      yield bad(
        `rule ${rule.name}: severity`,
        `${name} ${odd[name]} is no choice of ${rule.record}`,
        `Write one of: ${listed(values)}.`,
      )
  }
}

function* closeCodes(rule: RuleOptions, schema: NonNullable<ReturnType<Look['schemas']['get']>>): Generator<Finding> {
  const codes = schema.choices.get('close_code')?.map(({ value }) => value) ?? []
  if (rule.on_resolved !== 'resolve' || codes.length === 0) return
  const [compiled] = createRules([rule])
  const kinds = ['resolved-true-positive', 'resolved-false-positive', 'resolved-benign'] as const
  const missing = compiled ? kinds.filter((kind) => closeCode(compiled, schema, kind) === undefined) : []
  if (missing.length === 0) return
  const subject = `rule ${rule.name}: close_code`
  if (rule.close_code !== undefined)
    yield bad(
      subject,
      `"${rule.close_code}" is no close code of ${rule.record}: tickets could not be resolved`,
      `Write one of: ${listed(codes)}.`,
    )
  else
    yield bad(
      subject,
      `${rule.record} has none of the usual close codes: tickets could not be resolved`,
      `Name one with close_code: ${listed(codes)}.`,
    )
}
