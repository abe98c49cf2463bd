import { randomUUID } from 'node:crypto'
import {
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { SiembridgeError } from '@siembridge/core'
import { fateOf, type ProcessIdentity, thisProcess } from './process-identity.ts'

/** What stands in the file `lock`. */
export interface LockContent extends ProcessIdentity {
  readonly token: string
  /** Address of the control socket. */
  readonly socket: string
}

const fileName = 'lock'
const successor = (token: string): string => `lock.after-${token}`

/** An agent on another machine touches its lock this often; one that is four times as old belongs to nobody. */
export const touchEveryMs = 10_000
const forsakenMs = 4 * touchEveryMs

/**
 * The lock of a state directory. A lock that was left behind is inherited: the heir makes the file `lock.after-TOKEN`, which only
 * one can make, and only then puts its own lock in the place of the old one. Two that start at once cannot both inherit.
 */
export class Lock {
  readonly content: LockContent
  private readonly folder: string

  private constructor(folder: string, content: LockContent) {
    this.folder = folder
    this.content = content
  }

  /** Throws `AgentRunning` where an agent has it. */
  static acquire(folder: string, socket: string): Lock {
    const content = { ...thisProcess(), token: randomUUID(), socket }
    const lock = new Lock(folder, content)
    // Each round that fails was won by another starter, or met a lock that was just given back.
    for (let round = 0; round < 20; round++) if (lock.tryOnce()) return lock
    throw new SiembridgeError('AgentRunning', folder, 'others start at the same time')
  }

  private tryOnce(): boolean {
    const { folder, content } = this
    if (createWhole(folder, fileName, content)) return true
    const root = readLock(folder, fileName)
    if (!root) return false
    const holder = lastOf(folder, root)
    if (isHeld(folder, holder)) throw new SiembridgeError('AgentRunning', folder, nameOf(holder))
    const claim = successor(holder.token)
    if (!createWhole(folder, claim, content)) return false
    // Who inherited in between has replaced the lock: what was claimed is history.
    if (readLock(folder, fileName)?.token !== root.token) {
      remove(folder, claim)
      return false
    }
    replaceWhole(folder, fileName, content)
    for (const name of readdirSync(folder)) if (name.startsWith(successor(''))) remove(folder, name)
    return true
  }

  /** Shows those on other machines that somebody is there. */
  touch(): void {
    const now = new Date()
    try {
      utimesSync(join(this.folder, fileName), now, now)
    } catch {
      // A directory that is full or gone is told by those who write there.
    }
  }

  release(): void {
    if (readLock(this.folder, fileName)?.token === this.content.token) remove(this.folder, fileName)
  }
}

/** The lock of the agent that runs on a state directory; undefined where none does. */
export function holderOf(folder: string): LockContent | undefined {
  const root = readLock(folder, fileName)
  const holder = root && lastOf(folder, root)
  return holder && isHeld(folder, holder) ? holder : undefined
}

function lastOf(folder: string, root: LockContent): LockContent {
  for (let last = root; ;) {
    const next = readLock(folder, successor(last.token))
    if (!next || next.token === last.token) return last
    last = next
  }
}

function isHeld(folder: string, holder: LockContent): boolean {
  const fate = fateOf(holder)
  return fate === 'runs' || (fate === 'elsewhere' && ageOf(folder) < forsakenMs)
}

/** Age of the lock by the clock of the file system, which may be another machine's. */
function ageOf(folder: string): number {
  const probe = `lock.probe-${randomUUID()}`
  try {
    writeFileSync(join(folder, probe), '', { mode: 0o600 })
    return statSync(join(folder, probe)).mtimeMs - statSync(join(folder, fileName)).mtimeMs
  } finally {
    remove(folder, probe)
  }
}

const unreadable: LockContent = { pid: 0, started: '', boot: '', host: '', token: 'unreadable', socket: '' }

/** Undefined where there is none; one that cannot be read belongs to nobody. Throws `StateUnusable` where nobody may look. */
function readLock(folder: string, name: string): LockContent | undefined {
  try {
    const content = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Partial<LockContent>
    return { ...unreadable, ...content }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES' || code === 'EPERM') throw new SiembridgeError('StateUnusable', folder, code)
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : unreadable
  }
}

/** Makes a file with all of its content at once; false where there is one of that name. */
function createWhole(folder: string, name: string, content: LockContent): boolean {
  const aside = writeAside(folder, content)
  try {
    linkSync(aside, join(folder, name))
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // SMB shares have no hard links: there the content follows a moment later.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP' || code === 'ENOSYS')
      return createPlain(folder, name, content)
    throw error
  } finally {
    unlinkSync(aside)
  }
}

function createPlain(folder: string, name: string, content: LockContent): boolean {
  try {
    writeFileSync(join(folder, name), JSON.stringify(content), { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

const replaceWhole = (folder: string, name: string, content: LockContent): void =>
  renameSync(writeAside(folder, content), join(folder, name))

function writeAside(folder: string, content: LockContent): string {
  const aside = join(folder, `lock.new-${randomUUID()}`)
  try {
    writeFileSync(aside, JSON.stringify(content), { mode: 0o600 })
  } catch (error) {
    // A full disk lets the file be made and not be written.
    remove(folder, basename(aside))
    throw error
  }
  return aside
}

function remove(folder: string, name: string): void {
  try {
    unlinkSync(join(folder, name))
  } catch {
    // Somebody else was quicker.
  }
}

const nameOf = ({ pid, host }: LockContent): string =>
  pid === 0 ? 'its lock was just made and cannot be read' : `process ${pid} on ${host}`
