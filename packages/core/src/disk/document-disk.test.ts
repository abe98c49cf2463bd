import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replaceFile, writeAll } from './disk.ts'
import { DocumentDisk, type DocumentStore, type StoredDocument } from './document-disk.ts'
import { chunkBytes } from './file-content.ts'

/** A store in memory. From an operation on it fails, after it has carried out a part of what was asked. */
class MemoryStore implements DocumentStore {
  readonly documents = new Map<string, string>()
  operations = 0
  /** Number of the operation that fails; those behind it fail as well where `dead`. */
  failAt = Infinity
  dead = true
  /** Documents of the failing operation that are carried out all the same. */
  part = 0

  load(): Promise<readonly StoredDocument[]> {
    return Promise.resolve([...this.documents].map(([key, value]) => ({ key, value })))
  }

  save(documents: readonly StoredDocument[]): Promise<void> {
    return this.each(documents, ({ key, value }) => this.documents.set(key, value))
  }

  remove(keys: readonly string[]): Promise<void> {
    return this.each(keys, (key) => this.documents.delete(key))
  }

  private each<T>(all: readonly T[], work: (one: T) => void): Promise<void> {
    const at = ++this.operations
    const fails = this.dead ? at >= this.failAt : at === this.failAt
    const most = !fails ? all.length : at === this.failAt ? this.part : 0
    for (const one of all.slice(0, most)) work(one)
    return fails ? Promise.reject(new Error('the store is down')) : Promise.resolve()
  }
}

const big = (fill: string, bytes = chunkBytes * 2 + 100): Buffer => Buffer.alloc(bytes, fill)
const put = (disk: DocumentDisk, name: string, bytes: Buffer): Promise<void> => replaceFile(disk, 'state', name, bytes)

async function append(disk: DocumentDisk, path: string, bytes: Buffer): Promise<void> {
  const file = await disk.open(path, true)
  await writeAll(file, bytes, await file.size())
  await file.sync()
}

describe('files as documents', () => {
  it('hold what was written, whatever is written where, and are there at the next start once they are synced', async () => {
    const step = fc.oneof(
      fc.record({ is: fc.constant('write' as const), at: fc.nat(chunkBytes * 3), size: fc.nat(chunkBytes * 2) }),
      fc.record({ is: fc.constant('truncate' as const), at: fc.nat(chunkBytes * 3), size: fc.constant(0) }),
      fc.record({ is: fc.constant('sync' as const), at: fc.constant(0), size: fc.constant(0) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const store = new MemoryStore()
        const disk = await DocumentDisk.load(store)
        const file = await disk.open('state/a', true)
        let model = Buffer.alloc(0)
        let turn = 0
        for (const { is, at, size } of steps) {
          const bytes = Buffer.alloc(size, ++turn)
          if (is === 'sync') await file.sync()
          else if (is === 'truncate') {
            await file.truncate(at)
            model = Buffer.concat([model.subarray(0, at), Buffer.alloc(Math.max(0, at - model.length))])
          } else {
            await writeAll(file, bytes, at)
            if (size === 0) continue
            const end = Math.max(model.length, at + size)
            model = Buffer.concat([model, Buffer.alloc(end - model.length)])
            bytes.copy(model, at)
          }
        }
        expect((await disk.read('state/a'))?.equals(model)).toBe(true)
        await file.sync()
        const again = await DocumentDisk.load(store)
        expect((await again.read('state/a'))?.equals(model)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('are listed with the folders between, and gone when they are removed', async () => {
    const store = new MemoryStore()
    const disk = await DocumentDisk.load(store)
    await append(disk, 'state/lanes/one/journal', big('a'))
    await append(disk, 'state/x', big('b'))
    expect(await disk.list('state')).toEqual(['lanes', 'x'])
    expect(await disk.list('state/lanes')).toEqual(['one'])
    expect(await disk.list('nowhere')).toEqual([])
    await expect(disk.open('state/none')).rejects.toMatchObject({ code: 'ENOENT' })
    await disk.remove('state/x')
    await disk.remove('state/none')
    await disk.syncFolder()
    const again = await DocumentDisk.load(store)
    expect(await again.list('state')).toEqual(['lanes'])
    expect([...store.documents.keys()].filter((key) => key.startsWith('c-'))).toHaveLength(3)
  })

  it('are the old one or the new one wherever a replacement is broken off, and nothing is left over', async () => {
    const trial = async (failAt: number, part: number): Promise<boolean> => {
      const store = new MemoryStore()
      const before = await DocumentDisk.load(store)
      await put(before, 'a', big('o'))
      Object.assign(store, { failAt: store.operations + failAt, part })
      const done = await put(before, 'a', big('n', 50)).then(
        () => true,
        () => false,
      )
      store.failAt = Infinity
      const after = await DocumentDisk.load(store)
      const found = (await after.read('state/a'))?.toString('latin1')
      expect([big('o').toString('latin1'), big('n', 50).toString('latin1')]).toContain(found)
      if (done) expect(found?.startsWith('n')).toBe(true)
      await after.remove('state/a.new')
      await after.syncFolder()
      const names = [...store.documents.keys()]
      expect(names.filter((key) => key.startsWith('n-'))).toHaveLength(1)
      expect(names.filter((key) => key.startsWith('c-'))).toHaveLength(found?.startsWith('n') === true ? 1 : 3)
      return done
    }
    for (let failAt = 1; failAt < 20; failAt++) for (let part = 0; part < 4; part++) await trial(failAt, part)
    expect(await trial(100, 0)).toBe(true)
  })

  it('go on after an error: what a later sync promises is there, even where the failed replacement took place unseen', async () => {
    for (let failAt = 1; failAt < 12; failAt++)
      for (let part = 0; part < 3; part++) {
        const store = new MemoryStore()
        store.dead = false
        const disk = await DocumentDisk.load(store)
        await put(disk, 'a', big('o'))
        Object.assign(store, { failAt: store.operations + failAt, part })
        await put(disk, 'a', big('n', 50)).catch(() => undefined)
        store.failAt = Infinity
        await append(disk, 'state/a', Buffer.from('more'))
        const there = (await disk.read('state/a')) as Buffer
        const again = await DocumentDisk.load(store)
        expect((await again.read('state/a'))?.equals(there)).toBe(true)
        expect(there.subarray(-4).toString()).toBe('more')
      }
  })

  it('lose at most what was not synced when a write of several chunks is torn', async () => {
    for (let part = 0; part < 4; part++) {
      const store = new MemoryStore()
      const disk = await DocumentDisk.load(store)
      await append(disk, 'state/a', big('o', 100))
      Object.assign(store, { failAt: store.operations + 1, part })
      await append(disk, 'state/a', big('n')).catch(() => undefined)
      store.failAt = Infinity
      const again = await DocumentDisk.load(store)
      expect((await again.read('state/a'))?.subarray(0, 100).equals(big('o', 100))).toBe(true)
    }
  })
})
