import { list } from './rest.ts'

/** Names of the indexes that events can go to; undefined where they cannot be listed. */
export async function listIndexes(): Promise<readonly string[] | undefined> {
  const all = await list('data/indexes').catch(() => undefined)
  return all?.map(({ name }) => name).filter((name) => !name.startsWith('_'))
}
