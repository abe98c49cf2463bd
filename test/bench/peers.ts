import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isProblem, readCef } from '@siembridge/formats'
import { rsyslogConfig, syslogNgConfig } from './peer-configs.ts'

export interface PeerResult {
  readonly name: string
  readonly text: string
  readonly cpuPerMillion: number
  readonly validLines: number
}

/** The programs that are installed here, over the same records, from file to file; none need be. */
export async function peers(lines: readonly Buffer[]): Promise<readonly PeerResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'siembridge-peers-'))
  try {
    const input = join(folder, 'in.ndjson')
    const newline = Buffer.from('\n')
    writeFileSync(input, Buffer.concat(lines.flatMap((line) => [line, newline])))
    const found: PeerResult[] = []
    for (const peer of programs) {
      const version = versionOf(peer.command)
      if (version === undefined) continue
      const output = join(folder, `${peer.name}.out`)
      const config = join(folder, `${peer.name}.conf`)
      writeFileSync(config, peer.config(input, output, folder))
      found.push(await measure(version, peer.command, peer.args(config, folder), output, lines.length))
    }
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const programs = [
  {
    name: 'rsyslog',
    command: 'rsyslogd',
    args: (config: string, folder: string): string[] => ['-n', '-f', config, '-i', join(folder, 'rsyslog.pid')],
    config: rsyslogConfig,
  },
  {
    name: 'syslog-ng',
    command: 'syslog-ng',
    args: (config: string, folder: string): string[] => [
      '-F',
      '-f',
      config,
      '-R',
      join(folder, 'ng.persist'),
      '-c',
      join(folder, 'ng.ctl'),
      '-p',
      join(folder, 'ng.pid'),
      '--no-caps',
    ],
    config: syslogNgConfig,
  },
] as const

/** First line of what the program says of itself; undefined where there is none. */
function versionOf(command: string): string | undefined {
  const { stdout, error } = spawnSync(command, [command === 'rsyslogd' ? '-v' : '--version'], { encoding: 'utf8' })
  return error ? undefined : (stdout.split('\n')[0] ?? command).slice(0, 40).trim()
}

/** Time and CPU from the start of the process to the last growth of its output. */
async function measure(
  name: string,
  command: string,
  args: readonly string[],
  output: string,
  events: number,
): Promise<PeerResult> {
  const start = process.hrtime.bigint()
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => void (complaint += chunk.toString()))
  let size = 0
  let cpu = 0
  let seconds = 0
  // What is still buffered comes out when the program is told to end; until then, quiet for two seconds means done.
  for (let quiet = 0; quiet < 40 && child.exitCode === null; quiet++) {
    await wait(50)
    const now = sizeOf(output)
    if (now > size || size === 0) {
      if (now > size) quiet = 0
      size = now
      cpu = cpuOf(child.pid) ?? cpu
      seconds = Number(process.hrtime.bigint() - start) / 1e9
    }
  }
  child.kill('SIGTERM')
  if (child.exitCode === null) await Promise.race([new Promise((done) => child.once('exit', done)), wait(5000)])
  const written = sizeOf(output) === 0 ? [] : readFileSync(output, 'utf8').split('\n').slice(0, -1)
  if (written.length === 0)
    return { name, text: `wrote nothing: ${complaint.slice(0, 200)}`, cpuPerMillion: NaN, validLines: 0 }
  const valid = written.filter((line) => isWhole(line)).length
  const perMillion = (cpu / events) * 1e6
  const rate = Math.round(events / seconds / 100) / 10
  return {
    name,
    cpuPerMillion: perMillion,
    validLines: valid,
    text:
      `${perMillion.toFixed(1)} CPU seconds per million events, ${rate} thousand events a second; ${events} events became ${written.length} lines, ` +
      `${valid} of them CEF to a tolerant reader (nothing is escaped, times stay ISO, empty fields stay)`,
  }
}

/** Understood by a tolerant reader: empty values and stray `=` are forgiven. */
const isWhole = (line: string): boolean => !isProblem(readCef(line, { tolerant: true }))

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** Seconds of user and system time of all threads, in Linux's hundredths; undefined elsewhere. */
function cpuOf(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return undefined
  }
}
