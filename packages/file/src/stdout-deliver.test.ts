import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, test } from 'vitest'
import { Folder } from '../testing/folder.ts'
import { fastClock } from '../testing/lane.ts'
import { never, parcelOf } from '../testing/parcel.ts'
import { unblocked } from '@siembridge/core/target'
import { StdoutDelivery } from './stdout-deliver.ts'

const hasPipes = spawnSync('sh', ['-c', 'command -v mkfifo']).status === 0
const folder = new Folder()
afterAll(() => folder[Symbol.dispose]())

/** A process that reads a named pipe, and the descriptor of its other end. */
async function reader(
  name: string,
  script: string,
): Promise<AsyncDisposable & { descriptor: number; said: Promise<string>; kill(): Promise<void> }> {
  const path = folder.at(name)
  execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path])
  const read = `const input=require('fs').createReadStream(${JSON.stringify(path)});${script}`
  const child = spawn(process.execPath, ['-e', read], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'exit')
  const pipe = await open(path, 'w')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await closed
  }
  const said = text(child.stdout)
  const dispose = async (): Promise<void> => {
    await kill()
    await pipe.close()
  }
  return { descriptor: pipe.fd, said, kill, [Symbol.asyncDispose]: dispose }
}

const counts =
  'let n=0;input.on("data",c=>{n+=c.length;input.pause();setTimeout(()=>input.resume(),1);if(n>=TOTAL){console.log(n);process.kill(process.pid,"SIGKILL")}})'
const line = 'x'.repeat(8191)

const suite = `standard output${hasPipes ? '' : ' (needs mkfifo)'}`

describe.skipIf(!hasPipes)(suite, () => {
  test('a slow reader slows the sender down, and everything arrives', async () => {
    const total = 100 * 8192
    await using child = await reader('slow', counts.replace('TOTAL', String(total)))
    const delivery = new StdoutDelivery(fastClock(20), unblocked(child.descriptor))
    const answers = Array.from({ length: 100 }, () => delivery.deliver(parcelOf([line]), never))
    await delivery.close()
    expect(new Set((await Promise.all(answers)).map(({ all }) => all))).toEqual(new Set(['delivered']))
    expect(await child.said).toBe(`${total}\n`)
  })

  test('what a reader that goes away had not taken comes again', async () => {
    await using child = await reader('gone', 'setTimeout(()=>0,1e9)')
    // Time hardly passes: nothing grows old.
    const delivery = new StdoutDelivery({ ...fastClock(1), elapsed: () => 0 }, unblocked(child.descriptor))
    const answers = Array.from({ length: 64 }, () => delivery.deliver(parcelOf([line]), never))
    await child.kill()
    const receipts = await Promise.all(answers)
    expect(new Set(receipts.map(({ all }) => all))).toEqual(new Set(['retry']))
    expect(receipts[0]?.reason).toContain('went away')
    await delivery.close()
  })

  test('a reader that stays confirms what came before', async () => {
    await using child = await reader('stays', 'input.resume();setTimeout(()=>0,1e9)')
    const delivery = new StdoutDelivery(fastClock(50), unblocked(child.descriptor))
    expect(await delivery.deliver(parcelOf(['a']), never)).toEqual({ all: 'delivered' })
    await delivery.close()
  })
})
