import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { command as built } from '../cli/run.ts'

/** The command under test: the one that was built, or an installed one. */
const command = process.env['SIEMBRIDGE_COMMAND'] ?? built

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A process of the command, with what it has said so far. */
export class Running {
  readonly child: ChildProcess
  stdout = ''
  stderr = ''
  readonly ended: Promise<number | null>

  constructor(child: ChildProcess) {
    this.child = child
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.ended = once(child, 'close').then(([status]) => status as number | null)
  }

  async said(text: string | RegExp): Promise<void> {
    await until(
      () => (typeof text === 'string' ? this.stderr.includes(text) : text.test(this.stderr)),
      () => this.stderr,
    )
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal)
    return this.ended
  }
}

/** Waits for something to become true; fails with what `tell` says when it does not. */
export async function until(is: () => boolean | Promise<boolean>, tell: () => string = () => ''): Promise<void> {
  for (let turn = 0; turn < 1500; turn++) {
    if (await is()) return
    await sleep(20)
  }
  throw new Error(`it did not come to pass: ${tell()}`)
}

/** A folder with a configuration; everything that runs in it ends with the test (`await using`). */
export class Site implements AsyncDisposable {
  readonly path = mkdtempSync(join(tmpdir(), 'siembridge-agent-'))
  private readonly processes: Running[] = []

  constructor(configuration: string, files: Readonly<Record<string, string>> = {}) {
    this.write('siembridge.yaml', configuration)
    for (const [name, content] of Object.entries(files)) this.write(name, content)
  }

  write(name: string, content: string): void {
    writeFileSync(join(this.path, name), content)
  }

  append(name: string, content: string): void {
    writeFileSync(join(this.path, name), content, { flag: 'a' })
  }

  read(name: string): string {
    return existsSync(join(this.path, name)) ? readFileSync(join(this.path, name), 'utf8') : ''
  }

  /** Events of a file target that are not the bridge's own. */
  events(name = 'out.ndjson'): string[] {
    return this.lines(name).filter((line) => !line.includes('"siembridge.event"'))
  }

  lines(name: string): string[] {
    return this.read(name)
      .split('\n')
      .filter((line) => line !== '')
  }

  /** Files below a folder with their permissions. */
  modes(folder: string): Map<string, number> {
    const names = readdirSync(join(this.path, folder), { recursive: true, encoding: 'utf8' })
    return new Map(names.map((name) => [name, statSync(join(this.path, folder, name)).mode & 0o777]))
  }

  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
    const child = spawn(process.execPath, [command, ...args], {
      cwd: this.path,
      env: { ...process.env, STATE_DIRECTORY: '', NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const running = new Running(child)
    this.processes.push(running)
    return running
  }

  /** Starts the agent and waits until it runs. */
  async agent(args: readonly string[] = []): Promise<Running> {
    const running = this.start(['run', ...args])
    await until(
      () => existsSync(join(this.path, 'siembridge-state', 'status.json')) && running.stderr.includes('source '),
      () => running.stderr,
    )
    return running
  }

  async run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const running = this.start(args, env)
    const status = await running.ended
    return { status, stdout: running.stdout, stderr: running.stderr }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { child } of this.processes)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await Promise.all(this.processes.map(({ ended }) => ended))
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

/** Status and text of a page. */
export function page(port: number, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request({ port, path, host: '127.0.0.1', agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
      .on('error', reject)
      .end()
  })
}

/** Risky users, each with a number of its own: one line of JSON each. */
export const riskyUsers = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${JSON.stringify(riskyUser(from + i))}\n`).join('')

const riskyUser = (number: number): object => ({
  id: `11111111-aaaa-4bbb-8ccc-${String(number).padStart(12, '0')}`,
  isDeleted: false,
  isProcessing: false,
  riskLastUpdatedDateTime: '2026-03-02T08:01:02.5Z',
  riskLevel: 'high',
  riskState: 'atRisk',
  riskDetail: 'none',
  userDisplayName: `User ${number}`,
  userPrincipalName: `user${number}@contoso.com`,
})

/** Numbers of the users in events, in their order. */
export const numbersIn = (events: readonly string[]): number[] =>
  events.map((line) => Number(/user(\d+)@contoso\.com/.exec(line)?.[1]))

export const fileToFile = `
sources: [{ kind: file, paths: in*.ndjson, every: 20ms }]
targets: { out: { kind: file, path: out.ndjson, format: ecs } }
http: off
`
