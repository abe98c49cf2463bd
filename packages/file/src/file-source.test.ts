import { appendFileSync, copyFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Folder } from '../testing/folder.ts'
import { contextFor, Kept } from '../testing/lane.ts'
import { fileSource } from './file-source.ts'

/** A source that runs until its block ends. */
function follow(
  paths: string,
  kept: Kept,
  more: Record<string, unknown> = {},
): AsyncDisposable & { done: Promise<void> } {
  const controller = new AbortController()
  const options = fileSource.options.parse({ paths, ...more })
  const done = fileSource.run(contextFor(options, kept, controller.signal))
  const stop = async (): Promise<void> => {
    controller.abort(new Error('stopped'))
    await done
  }
  return { done, [Symbol.asyncDispose]: stop }
}

const readAll = async (paths: string, kept: Kept): Promise<string[]> => {
  await follow(paths, kept, { once: true }).done
  return kept.records
}

const record = (n: number): string => `{"n":${n},"text":"record number ${n}"}`
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => `${record(from + at)}\n`).join('')
const records = (from: number, to: number): string[] => lines(from, to).split('\n').slice(0, -1)

describe('following', () => {
  test('lines that come later are read, a last line only when it is whole', async () => {
    using folder = new Folder()
    const [path, kept] = [folder.at('a.json'), new Kept()]
    writeFileSync(path, `${lines(0, 3)}{"n":3,"text":`)
    await using _ = follow(path, kept)
    expect(await kept.count(3)).toEqual(records(0, 3))
    appendFileSync(path, `"record number 3"}\n${lines(4, 6)}`)
    expect(await kept.count(6)).toEqual(records(0, 6))
  })

  test('rotation by renaming: the old file is read to its end, then the new one', async () => {
    using folder = new Folder()
    const [path, kept] = [folder.at('a.json'), new Kept()]
    writeFileSync(path, lines(0, 3))
    await using _ = follow(path, kept)
    await kept.count(3)
    renameSync(path, `${path}.1`)
    appendFileSync(`${path}.1`, lines(3, 5))
    writeFileSync(path, lines(5, 8))
    expect(await kept.count(8)).toEqual(records(0, 8))
    expect(kept.told).toEqual([])
  })

  test('a file that is copied and truncated: nothing is lost nor doubled', async () => {
    using folder = new Folder()
    const [path, kept] = [folder.at('a.json'), new Kept()]
    writeFileSync(path, lines(0, 3))
    await using _ = follow(path, kept)
    await kept.count(3)
    appendFileSync(path, lines(3, 6))
    copyFileSync(path, `${path}.1`)
    truncateSync(path, 0)
    appendFileSync(path, lines(6, 7))
    expect(await kept.count(7)).toEqual(records(0, 7))
  })

  test('a file that appears later is read from its beginning, also with `from: end`', async () => {
    using folder = new Folder()
    const kept = new Kept()
    writeFileSync(folder.at('a.json'), lines(0, 3))
    await using _ = follow(folder.at('*.json'), kept, { from: 'end' })
    while (kept.reports.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    appendFileSync(folder.at('a.json'), lines(3, 4))
    await kept.count(1)
    writeFileSync(folder.at('b.json'), lines(10, 12))
    expect(await kept.count(3)).toEqual([...records(3, 4), ...records(10, 12)])
    expect(kept.streams).toEqual([folder.at('a.json'), folder.at('b.json')])
  })

  test('a file that went away unread is told as a gap', async () => {
    using folder = new Folder()
    const [path, kept] = [folder.at('a.json'), new Kept()]
    writeFileSync(path, `${lines(0, 3)}{"n":`)
    {
      await using _ = follow(path, kept)
      await kept.count(3)
    }
    rmSync(path)
    writeFileSync(path, lines(3, 4))
    expect(await readAll(path, kept)).toEqual(records(0, 4))
    expect(kept.told).toMatchObject([{ action: 'gap', details: { stream: path } }])
  })
})

describe('after a restart', () => {
  test.for<[string, (path: string) => void]>([
    ['renamed', () => undefined],
    ['renamed and compressed', (path) => (writeFileSync(`${path}.1.gz`, gzipSync(lines(0, 5))), rmSync(`${path}.1`))],
    ['copied, with another inode', (path) => (copyFileSync(`${path}.1`, `${path}.2`), rmSync(`${path}.1`))],
  ])('a file that was rotated meanwhile (%s) is found again by what it holds', async ([, change]) => {
    using folder = new Folder()
    const [path, kept] = [folder.at('a.json'), new Kept()]
    writeFileSync(path, lines(0, 3))
    {
      await using _ = follow(path, kept)
      await kept.count(3)
    }
    appendFileSync(path, lines(3, 5))
    renameSync(path, `${path}.1`)
    change(path)
    writeFileSync(path, lines(5, 6))
    expect(await readAll(path, kept)).toEqual(records(0, 6))
    expect(kept.told).toEqual([])
  })

  test('a file that is being compressed is read once', async () => {
    using folder = new Folder()
    const [path, kept] = [folder.at('a.json'), new Kept()]
    writeFileSync(path, lines(0, 3))
    await readAll(path, kept)
    renameSync(path, `${path}.1`)
    writeFileSync(`${path}.1.gz`, gzipSync(lines(0, 3)).subarray(0, 12))
    writeFileSync(path, lines(3, 4))
    expect(await readAll(path, kept)).toEqual(records(0, 4))
  })

  test('several rotations meanwhile are read in their order', async () => {
    using folder = new Folder()
    const [path, kept] = [folder.at('a.json'), new Kept()]
    writeFileSync(path, lines(0, 3))
    await readAll(path, kept)
    appendFileSync(path, lines(3, 4))
    renameSync(path, `${path}.2`)
    await new Promise((resolve) => setTimeout(resolve, 20))
    writeFileSync(`${path}.1`, lines(4, 6))
    await new Promise((resolve) => setTimeout(resolve, 20))
    writeFileSync(path, lines(6, 7))
    expect(await readAll(path, kept)).toEqual(records(0, 7))
  })

  test('what was emitted but not settled is read again, whatever the input is like', async () => {
    const forms: ((n: number) => string)[] = [
      (n) => lines(0, n),
      (n) =>
        JSON.stringify(
          records(0, n).map((text) => JSON.parse(text) as unknown),
          null,
          2,
        ),
      (n) => `{"records":[${records(0, n).join(',')}]}\n${lines(n, n + 2)}`,
      (n) => `[${records(0, n).join(',')}]`,
    ]
    const parsed = (texts: readonly string[]): unknown[] => texts.map((text) => JSON.parse(text) as unknown)
    const input = fc.tuple(fc.constantFrom(...forms), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 3 }))
    await fc.assert(
      fc.asyncProperty(input, async ([form, n, settled]) => {
        using folder = new Folder()
        const path = folder.at('a.json')
        writeFileSync(path, form(n))
        const whole = await readAll(path, new Kept())
        const kept = new Kept()
        kept.prompt = false
        await readAll(path, kept)
        kept.settle(settled)
        kept.crash()
        kept.prompt = true
        expect(parsed(await readAll(path, kept))).toEqual(parsed(whole))
        expect(whole.length).toBeGreaterThanOrEqual(n)
      }),
      { numRuns: 40 },
    )
  })
})

describe('once', () => {
  test('a file that is no gzip as its name says: told, and not waited for', async () => {
    using folder = new Folder()
    writeFileSync(folder.at('a.json.gz'), lines(0, 1))
    await expect(follow(folder.at('a.json.gz'), new Kept(), { once: true }).done).rejects.toThrow('cannot read')
  })

  test('reads files of every form to their end, compressed ones too, and finishes', async () => {
    using folder = new Folder()
    writeFileSync(folder.at('a.json'), `[${records(0, 2).join(',\n')}]`)
    writeFileSync(folder.at('b.json.gz'), gzipSync(lines(2, 4)))
    writeFileSync(folder.at('c.json'), record(4))
    expect((await readAll(folder.at('*.json*'), new Kept())).toSorted()).toEqual(records(0, 5))
  })

  test('rotated files that a pattern means are read with their file, the oldest first', async () => {
    using folder = new Folder()
    writeFileSync(folder.at('a.json.1'), lines(0, 2))
    await new Promise((resolve) => setTimeout(resolve, 20))
    writeFileSync(folder.at('a.json'), lines(2, 3))
    const kept = new Kept()
    expect(await readAll(folder.at('a.json*'), kept)).toEqual(records(0, 3))
    expect(kept.streams).toEqual([folder.at('a.json')])
  })

  test('what is read is not read again', async () => {
    using folder = new Folder()
    const [path, kept] = [folder.at('a.json'), new Kept()]
    writeFileSync(path, lines(0, 2))
    await readAll(path, kept)
    expect(await readAll(path, kept)).toEqual(records(0, 2))
    appendFileSync(path, lines(2, 3))
    expect(await readAll(path, kept)).toEqual(records(0, 3))
  })
})
