import type { OutputFile, ParserProblem } from '@siembridge/core'
import { type Plan, planSchema } from '../plan/model.ts'

const help = 'Generate it again; what is changed by hand must keep its form.'

/** A plan out of its file, or what is wrong with it. */
export function readPlan({ path, content }: OutputFile): Plan | ParserProblem[] {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return [{ level: 'error', code: 'plan-wrong', file: path, message: `no JSON: ${(error as Error).message}`, help }]
  }
  const read = planSchema.safeParse(json)
  if (!read.success)
    return read.error.issues.slice(0, 10).map(({ path: at, message }) => ({
      level: 'error',
      code: 'plan-wrong',
      file: path,
      message: `${at.join('.') || 'the plan'}: ${message}`,
      help,
    }))
  const problems = references(read.data).map((message): ParserProblem => ({
    level: 'error',
    code: 'plan-wrong',
    file: path,
    message,
    help,
  }))
  return problems.length > 0 ? problems : read.data
}

/** What refers to something that is not there. */
function references(plan: Plan): string[] {
  const types = new Set(plan.logSourceTypes.map(({ key }) => key))
  const qids = new Set(plan.qidRecords.map(({ key }) => key))
  const names = new Set(plan.properties.map(({ name }) => name))
  const rows = [...plan.logSources, ...plan.qidRecords, ...plan.eventMappings, ...plan.expressions]
  const missing = [
    ...rows.filter(({ type }) => !types.has(type)).map(({ type }) => `no log source type has the key "${type}"`),
    ...plan.eventMappings.filter(({ qid }) => !qids.has(qid)).map(({ qid }) => `no QID record has the key "${qid}"`),
    ...plan.expressions.filter((e) => !names.has(e.property)).map((e) => `no property is called "${e.property}"`),
  ]
  return [...new Set(missing)].slice(0, 10)
}
