import type { Migration, SecretSource, Step, StepResult } from './proposal.ts'
import { proposeWhole } from './propose.ts'
import { readOlder } from './read.ts'
import { type Ask, entriesOf, refusalText, type RestAnswer, type RestRequest } from './rest.ts'

export interface ApplyOptions {
  readonly ask: Ask
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told of each step when it is done or has failed. */
  readonly tell?: (result: StepResult) => void
}

/**
 * Carries out steps in their order. After an older input was stopped, everything is read again, and ours begin at the position that it
 * ended with; where that cannot be read, at the one before, which is earlier. A move whose step fails goes no further, and its older
 * input is enabled again.
 */
export async function applySteps(steps: readonly Step[], options: ApplyOptions): Promise<readonly StepResult[]> {
  const results: StepResult[] = []
  const stopped = new Map<string, Step>()
  const failed = new Set<string>()
  let latest: Migration | undefined
  const note = (result: StepResult): void => {
    results.push(result)
    options.tell?.(result)
  }
  for (const step of steps) {
    if (failed.has(step.move)) {
      note({ step, done: false, says: 'left out, because a step before it failed' })
      continue
    }
    if (step.kind === 'set-start' && latest === undefined && stopped.size > 0) latest = await lookAgain(options)
    const says = await tried(step.kind === 'set-start' ? begun(step, latest) : step, options.ask)
    note({ step, done: says === undefined, ...(says !== undefined && { says }) })
    if (says === undefined && step.kind === 'stop-older') {
      stopped.set(step.move, step)
      latest = undefined
    }
    if (says !== undefined) {
      failed.add(step.move)
      await takeBack(stopped.get(step.move), options.ask)
    }
  }
  return results
}

const lookAgain = async ({ ask, now }: ApplyOptions): Promise<Migration | undefined> => {
  try {
    return proposeWhole(await readOlder(ask, now()))
  } catch {
    return undefined
  }
}

/** The step with the position of the older input as it stands. */
function begun(step: Step, latest: Migration | undefined): Step {
  const move = latest?.addOns.flatMap(({ moves }) => moves).find(({ id }) => id === step.move)
  const input = move?.becomes.find(({ part }) => part === step.part)
  const told = step.request.form?.['start'] ?? ''
  const start = input?.position.start ?? told
  // Never later than a checkpoint says, and never earlier than was shown.
  if (input?.position.from !== 'checkpoint' || start <= told) return step
  return { ...step, request: { ...step.request, form: { ...step.request.form, start } } }
}

async function takeBack(stopped: Step | undefined, ask: Ask): Promise<void> {
  if (stopped?.undo) await tried({ ...stopped, request: stopped.undo }, ask)
}

/** Why a step was not done; undefined where it was. */
async function tried(step: Step, ask: Ask): Promise<string | undefined> {
  try {
    const filled = await filledIn(step, ask)
    if (typeof filled === 'string') return filled
    const answer = await ask(filled)
    const settled = answer.status === 409 && step.kind === 'secret' ? await replaced(filled, ask) : answer
    return settled.status >= 200 && settled.status < 300 ? undefined : refusalText(settled)
  } catch (error) {
    return (error as Error).message
  }
}

async function filledIn({ request, fill = {} }: Step, ask: Ask): Promise<RestRequest | string> {
  const values: Record<string, string> = {}
  for (const [field, source] of Object.entries(fill)) {
    const value = await secretOf(source, ask)
    if (value === undefined) return `${field} is not in storage/passwords any more, or you may not read it`
    values[field] = value
  }
  return { ...request, form: { ...request.form, ...values } }
}

/** An entry that is there takes the value only under its own address (Splunk, REST API Reference, storage/passwords). */
function replaced({ app, form = {} }: RestRequest, ask: Ask): Promise<RestAnswer> {
  const escaped = (text = ''): string => text.replaceAll(':', String.raw`\:`)
  const id = encodeURIComponent(`${escaped(form['realm'])}:${escaped(form['name'])}:`)
  return ask({
    method: 'POST',
    app,
    endpoint: `storage/passwords/${id}`,
    form: { password: form['password'] ?? '' },
  })
}

/** Reads a secret of an older add-on: one entry, or the JSON that several entries are together (solnlib, credentials.py). */
async function secretOf({ request, realm, name, member }: SecretSource, ask: Ask): Promise<string | undefined> {
  const entries = entriesOf(await ask(request)).filter(
    ({ settings }) => settings['realm'] === realm || (realm === '' && settings['realm'] === undefined),
  )
  const valueOf = (one: string): string | undefined =>
    entries.find(({ settings }) => settings['username'] === one)?.settings['clear_password']
  if (member === undefined) return valueOf(name)
  let whole = ''
  for (let part = 1; ; part++) {
    const value = valueOf(`${name}${part}`)
    if (value === undefined || value.startsWith(endMark)) break
    whole += value
  }
  try {
    const value = (JSON.parse(whole) as Record<string, unknown>)[member]
    return typeof value === 'string' && value !== '' ? value : undefined
  } catch {
    return undefined
  }
}

/** Stands in a part behind the last one. */
const endMark =
  '``splunk_cred_sep``S``splunk_cred_sep``P``splunk_cred_sep``L``splunk_cred_sep``U``splunk_cred_sep``N``splunk_cred_sep``K``'
