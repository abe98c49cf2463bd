import { expect, test } from 'vitest'
import { KvDocuments } from './kv-documents.ts'
import type { Splunkd, SplunkdRequest } from './splunkd.ts'

/** A store that takes so many of the documents of each request. */
const taking = (answer: (keys: readonly string[]) => unknown): KvDocuments => {
  const ask = ({ json }: SplunkdRequest): Promise<unknown> =>
    Promise.resolve(answer((json as { _key: string }[]).map(({ _key }) => _key)))
  return new KvDocuments({ ask } as unknown as Splunkd, 'c', 't')
}

const documents = Array.from({ length: 450 }, (_, at) => ({ key: `k${at}`, value: '' }))

test('documents that the store took are saved', async () => {
  await expect(taking((keys) => keys).save(documents)).resolves.toBeUndefined()
})

test.for<[string, (keys: readonly string[]) => unknown, string]>([
  ['takes some of', (keys) => keys.slice(1), '1 of 200'],
  ['answers something else to', () => ({ status: 'ok' }), '200 of 200'],
  ['answers nothing to', () => undefined, '200 of 200'],
])('a store that %s a batch has not saved it', async ([, answer, says]) => {
  await expect(taking(answer).save(documents)).rejects.toThrow(`did not take ${says} documents`)
})

test.for([50, 200, 1000])('everything is loaded, of a store that gives %i documents at once', async (most) => {
  const rows = documents.map(({ key, value }) => ({ _key: `t.${key}`, tag: 't', value }))
  const ask = ({ query = {} }: SplunkdRequest): Promise<unknown> => {
    const from = Number(query.skip)
    return Promise.resolve(rows.slice(from, from + Math.min(most, Number(query.limit))))
  }
  expect(await new KvDocuments({ ask } as unknown as Splunkd, 'c', 't').load()).toEqual(documents)
})

test('what is no list of documents is no empty store', async () => {
  const ask = (): Promise<unknown> => Promise.resolve({ messages: [] })
  await expect(new KvDocuments({ ask } as unknown as Splunkd, 'c', 't').load()).rejects.toThrow('gave no list')
})
