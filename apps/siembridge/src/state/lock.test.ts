import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holderOf, Lock } from './lock.ts'
import { thisProcess } from './process-identity.ts'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'siembridge-lock-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

// Says whether it got the lock, and keeps it until it is told to end.
const starter = `
import { Lock } from ${JSON.stringify(new URL('lock.ts', import.meta.url).href)}
try { Lock.acquire(process.argv[1], 's'); process.stdout.write('won') } catch (error) { process.stdout.write(error.code ?? String(error)) }
process.stdin.resume()
`

/** Starts a process that wants the lock; answers what it said, and how to end it. */
async function start(): Promise<{ readonly said: string; readonly kill: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', starter, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  return { said: said.toString(), kill }
}

const write = (content: object): void => writeFileSync(join(folder, 'lock'), JSON.stringify(content))

describe('the lock of a state directory', () => {
  test('one has it at a time, and gives it back', () => {
    const lock = Lock.acquire(folder, 'socket')
    expect(() => Lock.acquire(folder, 'socket')).toThrow(`process ${process.pid}`)
    expect(holderOf(folder)).toMatchObject({ pid: process.pid, socket: 'socket' })
    lock.release()
    expect(holderOf(folder)).toBeUndefined()
    Lock.acquire(folder, 'socket').release()
    expect(readdirSync(folder)).toEqual([])
  })

  test('of processes that start at once on a lock that was left behind, one gets it; again and again', async () => {
    for (let round = 0; round < 4; round++) {
      const all = await Promise.all(Array.from({ length: 8 }, start))
      expect(all.map(({ said }) => said).toSorted()).toEqual([...Array<string>(7).fill('AgentRunning'), 'won'])
      await Promise.all(all.map(({ kill }) => kill()))
      expect(existsSync(join(folder, 'lock'))).toBe(true)
    }
  })

  test('a process with the number of the one that had it does not have it', () => {
    write({ ...thisProcess(), started: '1', token: 't', socket: '' })
    Lock.acquire(folder, 'socket')
    expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toMatchObject(thisProcess())
  })

  test('a machine that was started anew does not have it', () => {
    write({ ...thisProcess(), boot: 'before', token: 't', socket: '' })
    expect(holderOf(folder)).toBeUndefined()
    Lock.acquire(folder, 'socket')
  })

  test('another machine has it while it touches it', () => {
    write({ ...thisProcess(), host: 'another', token: 't', socket: '' })
    expect(() => Lock.acquire(folder, 'socket')).toThrow('on another')
    const longAgo = new Date(Date.now() - 3_600_000)
    utimesSync(join(folder, 'lock'), longAgo, longAgo)
    Lock.acquire(folder, 'socket')
  })

  test('one that cannot be read belongs to nobody once it is old', () => {
    writeFileSync(join(folder, 'lock'), '{"tok')
    const longAgo = new Date(Date.now() - 3_600_000)
    utimesSync(join(folder, 'lock'), longAgo, longAgo)
    Lock.acquire(folder, 'socket')
    expect(holderOf(folder)?.pid).toBe(process.pid)
  })

  test('what a starter left that was killed half-way is inherited too', () => {
    write({ ...thisProcess(), started: '1', token: 'first', socket: '' })
    writeFileSync(
      join(folder, 'lock.after-first'),
      JSON.stringify({ ...thisProcess(), started: '2', token: 'second', socket: '' }),
    )
    Lock.acquire(folder, 'socket')
    expect(readdirSync(folder)).toEqual(['lock'])
  })
})
