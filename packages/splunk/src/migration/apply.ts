import { filledIn, replacedSecret } from './fill.ts'
import type { Migration, Step, StepResult } from './proposal.ts'
import { proposeWhole } from './propose.ts'
import { readOlder } from './read.ts'
import { type Ask, refusalText, type RestAnswer, type RestRequest } from './rest.ts'

export interface ApplyOptions {
  readonly ask: Ask
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told of each step when it is done or has failed. */
  readonly tell?: (result: StepResult) => void
}

/**
 * Carries out steps in their order. After an older input was stopped, everything is read again, and ours begin at the position that it
 * ended with; where that cannot be read, at the one before, which is earlier. A move whose step fails goes no further and is taken back:
 * its inputs are removed and the older one is enabled again.
 */
export async function applySteps(steps: readonly Step[], options: ApplyOptions): Promise<readonly StepResult[]> {
  const results: StepResult[] = []
  const done: Step[] = []
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
    const anew = step.part !== undefined && done.some(({ kind, move }) => kind === 'stop-older' && move === step.move)
    if (anew) latest ??= await lookAgain(options)
    const said = anew ? begun(step, latest) : step
    // What it was made with holds.
    const says = anew && said === step ? undefined : await tried(said, options.ask)
    if (step.kind === 'stop-older') latest = undefined
    if (says === undefined) {
      done.push(step)
      note({ step, done: true })
      continue
    }
    failed.add(step.move)
    const left = await takeBack(done.filter(({ move }) => move === step.move).toReversed(), options.ask)
    note({ step, done: false, says: [says, ...left].join('; '), ...(left.length > 0 && { left }) })
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

/** Tries of what takes a step back: an older input must not stay stopped for one answer that fails. */
const undoTries = 3

/** Takes steps back, and answers what could not be. */
async function takeBack(steps: readonly Step[], ask: Ask): Promise<readonly string[]> {
  const left: string[] = []
  for (const { undo, undoes } of steps)
    if (undo && !(await undone(undo, ask))) left.push(`still to be done by hand: ${undoes ?? undo.endpoint}`)
  return left
}

async function undone(undo: RestRequest, ask: Ask): Promise<boolean> {
  for (let left = undoTries; left > 0; left--) {
    const status = await ask(undo)
      .then((answer) => answer.status)
      .catch(() => 0)
    if ((status >= 200 && status < 300) || (status === 404 && undo.method === 'DELETE')) return true
  }
  return false
}

/** Why a step was not done; undefined where it was. */
async function tried(step: Step, ask: Ask): Promise<string | undefined> {
  try {
    const request = await filledIn(step, ask)
    if (typeof request === 'string') return request
    const answer = await settled(step, request, await ask(request), ask)
    return answer.status >= 200 && answer.status < 300 ? undefined : refusalText(answer)
  } catch (error) {
    return (error as Error).message
  }
}

/** An answer that only says that it is to be asked in another way. */
async function settled({ kind }: Step, request: RestRequest, answer: RestAnswer, ask: Ask): Promise<RestAnswer> {
  if (kind === 'secret' && answer.status === 409) return await ask(replacedSecret(request))
  const { disabled, ...form } = request.form ?? {}
  if (kind !== 'create' || disabled === undefined || !/"?disabled"? is not supported/i.test(refusalText(answer)))
    return answer
  const made = await ask({ ...request, form })
  const endpoint = `${request.endpoint}/${encodeURIComponent(form['name'] ?? '')}/disable`
  return made.status < 300 ? await ask({ method: 'POST', app: request.app, endpoint }) : made
}
