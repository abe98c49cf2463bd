import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** How a process of the simulator is started. */
export interface StartOptions {
  /** The entry to run in place of the package's own, for programs that are bundled. */
  readonly entry?: string
  /** Gets what the process writes to standard error; it goes to ours unless told. */
  readonly onStderr?: (text: string) => void
}

/** A child process that printed where it is. */
export interface StartedProcess<T> {
  readonly pid: number
  readonly address: T
  /** Ends it with SIGTERM and waits. */
  stop(this: void): Promise<void>
}

/** Starts the entry, gives it `input` as JSON, and waits for its line. */
export async function startProcess<T>(
  name: string,
  input: unknown,
  options: StartOptions = {},
): Promise<StartedProcess<T>> {
  // By the channel the child learns that we are gone, however we ended.
  const child = spawn(process.execPath, [options.entry ?? entryOf(name)], { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.stderr?.on('data', (chunk: Buffer) => (options.onStderr ?? toStderr)(chunk.toString()))
  child.stdin?.on('error', () => {})
  child.stdin?.end(JSON.stringify(input))
  const line = await Promise.race([firstLine(child.stdout), ended.then(() => undefined)])
  if (line === undefined || child.pid === undefined) throw new Error(`${name} ended before it was ready`)
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { pid: child.pid, address: JSON.parse(line) as T, stop }
}

function toStderr(text: string): void {
  process.stderr.write(text)
}

// Run from source by a Node that strips types, the entries are source, too.
function entryOf(name: string): string {
  return fileURLToPath(new URL(`../${name}.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url))
}

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<string | undefined> {
  if (!stream) return undefined
  const lines = createInterface({ input: stream })
  return await new Promise((resolve) => {
    lines.once('line', resolve)
    lines.once('close', () => resolve(undefined))
  })
}
