import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { kernelPipe } from './pipe.ts'

/** How programs of modular inputs are started. */
export interface ChildOptions {
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** `start_by_shell`: a shell stands between splunkd and the program, and gets its signals. */
  readonly byShell: boolean
  /** What runs a program that ends with `.py`. */
  readonly python?: string
}

/** Starts the program of an input with pipes to it. */
export function startChild(options: ChildOptions): ChildProcessWithoutNullStreams {
  const [file, args] = commandOf(options)
  const { env, cwd } = options
  return spawn(file, args, { cwd, env, stdio: 'pipe' })
}

/** Starts the program of an input that streams, with a pipe of the kernel as its standard output where there is one. */
export function startStreaming(options: ChildOptions): { readonly child: StreamingChild; readonly stdout: Readable } {
  const [file, args] = commandOf(options)
  const { env, cwd } = options
  const pipe = kernelPipe()
  const child = spawn(file, args, { cwd, env, stdio: ['pipe', pipe?.input ?? 'pipe', 'pipe'] }) as StreamingChild
  pipe?.handedOver()
  return { child, stdout: pipe?.output ?? (child.stdout as Readable) }
}

/** A child whose standard output may be read elsewhere. */
export type StreamingChild = ChildProcess & { readonly stdin: Writable; readonly stderr: Readable }

function commandOf({ program, args, byShell, python }: ChildOptions): [string, string[]] {
  const command = program.endsWith('.py') ? [python ?? 'python3', program, ...args] : [program, ...args]
  const [file = '', ...rest] = byShell
    ? ['/bin/sh', '-c', command.map((part) => `'${part.replaceAll("'", String.raw`'\''`)}'`).join(' ')]
    : command
  return [file, rest]
}

export interface Finished {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end; it is killed where that takes longer than `limitMs`. */
export async function runChild(
  options: ChildOptions,
  input: Buffer,
  closesInput: boolean,
  limitMs: number,
): Promise<Finished> {
  const child = startChild(options)
  const out = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      out[name] += text
    })
  child.stdin.on('error', () => {})
  if (closesInput) child.stdin.end(input)
  else child.stdin.write(input)
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
  try {
    const [status] = (await once(child, 'close')) as [number | null]
    return { status, ...out }
  } catch (error) {
    return { status: 127, stdout: out.stdout, stderr: `${out.stderr}${(error as Error).message}\n` }
  } finally {
    clearTimeout(timer)
  }
}

/** Ends a program as splunkd does: SIGTERM, and SIGKILL where it is still there after `graceMs`. */
export async function endChild(child: ChildProcess, graceMs: number): Promise<'ended' | 'killed'> {
  if (child.exitCode !== null || child.signalCode !== null) return 'ended'
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const first = await Promise.race([gone.then(() => 'ended' as const), delay(graceMs, 'late' as const)])
  if (first === 'ended') return 'ended'
  child.kill('SIGKILL')
  await gone
  return 'killed'
}
