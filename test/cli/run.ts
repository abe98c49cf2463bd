import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { samples } from '../samples.ts'

export const command = fileURLToPath(new URL('../../apps/siembridge/bin/siembridge.js', import.meta.url))

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  /** Standard input: empty unless given. */
  readonly stdin?: string | Uint8Array
  /** Options of Node itself. */
  readonly node?: readonly string[]
  readonly execPath?: string
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

export type Child = ChildProcessByStdio<Writable, Readable, Readable>

// Where pnpm starts the tests it sets NODE_PATH, with which packages are found that a person's shell would not find.
const { NODE_PATH: _, ...withoutNodePath } = process.env

/** Starts the built command; nothing is a terminal. */
export function start(args: readonly string[], options: RunOptions = {}): Child {
  const child = spawn(options.execPath ?? process.execPath, [...(options.node ?? []), command, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: options.env ?? withoutNodePath,
  })
  // A command that ends before it has read everything closes the pipe; its exit status tells what happened.
  child.stdin.on('error', () => undefined)
  return child
}

export async function finish(child: Child): Promise<Ran> {
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stdout: Buffer.concat(out).toString('utf8'), stderr: Buffer.concat(err).toString('utf8') }
}

/** Runs `siembridge` with these arguments to its end. */
export function siembridge(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = start(args, options)
  child.stdin.end(options.stdin ?? '')
  return finish(child)
}

/** A shell whose `$0`, `$1` and `$2` are Node, the command and a file. */
export function runShell(script: string, file: string): Promise<Ran> {
  return finish(spawn('bash', ['-c', script, process.execPath, command, file], { stdio: ['pipe', 'pipe', 'pipe'] }))
}

export const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/** What a failure has to say: its name, why, what to do, and in what state things are. */
export const told = (name: string): RegExp =>
  new RegExp(`siembridge: error: ${name}: .*\\n {2}why: {3}\\S.*\\n {2}do: {4}\\S.*\\n {2}state: \\S`)

/** A sample of the catalog as one line of JSON. */
export function sampleLine(type: string, name: string): string {
  const found = samples.find((s) => s.type === type && s.name === name)
  if (!found) throw new Error(`no sample ${type} ${name}`)
  return JSON.stringify(JSON.parse(found.bytes.toString('utf8')))
}

/** Records of four log types, each of which gives one event. */
export const fourRecords: readonly string[] = [
  sampleLine('entra.sign-in', 'graph-failure-at-risk'),
  sampleLine('xdr.alert', 'graph-identity'),
  sampleLine('azure.activity', 'event-hub-failed'),
  sampleLine('o365.exchange-admin', 'activity-new-inbox-rule'),
]

/** A folder for the files of one test, gone when it ends (`using`). */
export class Workspace implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'siembridge-test-'))

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name)
    writeFileSync(path, content)
    return path
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
