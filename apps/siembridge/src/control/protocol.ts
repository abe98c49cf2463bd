import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What an agent can be asked for over its control socket: a name and what belongs to it. One JSON object a line. */
export interface ControlRequest {
  readonly ask: string
  readonly [more: string]: unknown
}

/** Lines of an answer: any number of `progress`, then one `answer` or one `error`. */
export type ControlLine =
  | { readonly progress: string }
  | { readonly answer: unknown }
  | { readonly error: { readonly code: string; readonly message: string; readonly status: number } }

/** Room for the path in `struct sockaddr_un` is 108 bytes on Linux and 104 on macOS. */
const longestPath = 100

/** Where the agent of a state directory listens. */
export function socketPath(folder: string): string {
  const name = `siembridge-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  const path = join(folder, 'agent.sock')
  return Buffer.byteLength(path) <= longestPath ? path : join(tmpdir(), `${name}.sock`)
}
