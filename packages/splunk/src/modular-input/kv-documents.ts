import type { DocumentStore, StoredDocument } from '@siembridge/core/pipeline'
import { type Splunkd, SplunkdRefusal } from './splunkd.ts'

/** Documents of one request: 1000 and 50 MB is what a store takes (limits.conf.spec, [kvstore]). */
const batch = 200
/** Requests at once where each is for one document. */
const atOnce = 8

interface Row {
  readonly _key: string
  readonly tag: string
  readonly value: string
}

/**
 * Documents in a collection of Splunk's KV store, told from those of others by a tag. The store writes one document as a whole;
 * of a batch some can be written and others not.
 */
export class KvDocuments implements DocumentStore {
  private readonly splunkd: Splunkd
  private readonly path: string
  private readonly tag: string

  constructor(splunkd: Splunkd, collection: string, tag: string) {
    this.splunkd = splunkd
    this.path = `storage/collections/data/${encodeURIComponent(collection)}`
    this.tag = tag
  }

  async load(): Promise<readonly StoredDocument[]> {
    const rows: Row[] = []
    for (;;) {
      const query = {
        query: JSON.stringify({ tag: this.tag }),
        limit: `${batch}`,
        skip: `${rows.length}`,
        sort: '_key',
      }
      const page = await this.splunkd.ask({ path: this.path, query })
      if (!Array.isArray(page)) throw new Error('the KV store gave no list of documents')
      // A store gives fewer than it is asked for where they are large (max_size_per_result_mb): the end is an empty page.
      if (page.length === 0) break
      rows.push(...(page as readonly Row[]))
    }
    return rows.map(({ _key: key, value }) => ({ key: key.slice(this.tag.length + 1), value }))
  }

  async save(documents: readonly StoredDocument[]): Promise<void> {
    const rows = documents.map(({ key, value }): Row => ({ _key: this.keyOf(key), tag: this.tag, value }))
    for (let at = 0; at < rows.length; at += batch) await this.saveBatch(rows.slice(at, at + batch))
  }

  /** The store answers with the keys of what it took. */
  private async saveBatch(rows: readonly Row[]): Promise<void> {
    const took = await this.splunkd.ask({ method: 'POST', path: `${this.path}/batch_save`, json: rows })
    const keys = new Set(Array.isArray(took) ? took : [])
    const missing = rows.filter(({ _key }) => !keys.has(_key)).length
    if (missing > 0) throw new Error(`the KV store did not take ${missing} of ${rows.length} documents`)
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (let at = 0; at < keys.length; at += atOnce)
      await Promise.all(keys.slice(at, at + atOnce).map((key) => this.removeOne(key)))
  }

  private async removeOne(key: string): Promise<void> {
    const path = `${this.path}/${encodeURIComponent(this.keyOf(key))}`
    await this.splunkd.ask({ method: 'DELETE', path }).catch((error: unknown) => {
      if (!(error instanceof SplunkdRefusal && error.status === 404)) throw error
    })
  }

  private keyOf = (key: string): string => `${this.tag}.${key}`
}
