import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

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
export function startChild({ program, args, env, cwd, byShell, python }: ChildOptions): ChildProcessWithoutNullStreams {
  const command = program.endsWith('.py') ? [python ?? 'python3', program, ...args] : [program, ...args]
  const [file = '', ...rest] = byShell
    ? ['/bin/sh', '-c', command.map((part) => `'${part.replaceAll("'", String.raw`'\''`)}'`).join(' ')]
    : command
  return spawn(file, rest, { cwd, env, stdio: 'pipe' })
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
export async function endChild(child: ChildProcessWithoutNullStreams, graceMs: number): Promise<'ended' | 'killed'> {
  if (child.exitCode !== null || child.signalCode !== null) return 'ended'
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const first = await Promise.race([gone.then(() => 'ended' as const), delay(graceMs, 'late' as const)])
  if (first === 'ended') return 'ended'
  child.kill('SIGKILL')
  await gone
  return 'killed'
}
