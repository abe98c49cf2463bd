import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { type ErrorName, errorTable, SiembridgeError } from '@siembridge/core'
import { holderOf } from '../state/lock.ts'
import type { ControlLine, ControlRequest } from './protocol.ts'

/** An error that the agent answered with, in the words that it used. */
function answered(
  { code, message }: Extract<ControlLine, { error: unknown }>['error'],
  folder: string,
): SiembridgeError {
  if (!Object.hasOwn(errorTable, code)) return new SiembridgeError('AgentFailed', folder, message)
  return Object.assign(new SiembridgeError(code as ErrorName, folder), { message })
}

/** Asks the agent of a state directory. Throws `AgentNotRunning`, `AgentSilent`, or what the agent says. */
export async function ask(
  folder: string,
  request: ControlRequest,
  progress: (text: string) => void = () => undefined,
): Promise<unknown> {
  const holder = holderOf(folder)
  if (!holder) throw new SiembridgeError('AgentNotRunning', folder)
  const socket = connect(holder.socket)
  try {
    await once(socket, 'connect')
    socket.write(`${JSON.stringify(request)}\n`)
    for await (const text of createInterface({ input: socket })) {
      const line = JSON.parse(text) as ControlLine
      if ('error' in line) throw answered(line.error, folder)
      if ('answer' in line) return line.answer
      progress(line.progress)
    }
    throw new SiembridgeError('AgentSilent', folder, 'it broke off')
  } catch (error) {
    if (error instanceof SiembridgeError) throw error
    throw new SiembridgeError('AgentSilent', folder, (error as NodeJS.ErrnoException).code ?? (error as Error).message)
  } finally {
    socket.destroy()
  }
}
