import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** A process, told apart from others that get its number later. */
export interface ProcessIdentity {
  readonly pid: number
  /** Start of the process in ticks since the machine started; "" where the system does not tell. */
  readonly started: string
  /** Run of the machine; "" where the system does not tell. */
  readonly boot: string
  readonly host: string
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** Field 22 of proc(5) /proc/PID/stat. The name before it can hold blanks and brackets. */
const startOf = (pid: number): string => read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[19] ?? ''

const bootId = (): string => read('/proc/sys/kernel/random/boot_id').trim()

export const thisProcess = (): ProcessIdentity => ({
  pid: process.pid,
  started: startOf(process.pid),
  boot: bootId(),
  host: hostname(),
})

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether a process of this machine still runs. `elsewhere`: it ran on another machine or in another container. */
export function fateOf({ pid, started, boot, host }: ProcessIdentity): 'runs' | 'gone' | 'elsewhere' {
  if (host !== hostname()) return 'elsewhere'
  if (boot !== bootId()) return 'gone'
  if (!exists(pid)) return 'gone'
  return started === startOf(pid) ? 'runs' : 'gone'
}
