import { createContext, Script } from 'node:vm'

/** How long one record may take, in milliseconds: a thousand times as long as a slow one does. */
export const recordMs = 5000

/** Records that may take longer before the rest is not tried. */
export const mostStuck = 3

const context = createContext({ work: undefined }) as { work: (() => unknown) | undefined }
const script = new Script('work()')

/**
 * What `work` answers; undefined where it takes longer than that. Nothing else can stop a pattern that tries every way to match
 * (nodejs.org/api/vm.html, `timeout`).
 */
export function withinTime<T extends object>(work: () => T, ms = recordMs): T | undefined {
  context.work = work
  try {
    return script.runInContext(context, { timeout: ms }) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined
    throw error
  } finally {
    context.work = undefined
  }
}
