import { runSearch } from '../search/commands.ts'
import { withoutInternal } from '../search/rows.ts'
import type { SearchRow } from '../search/terms.ts'
import { notFound, refused, type RestAnswer, type RestRequest } from './request.ts'

export interface SearchServices {
  /** Names of the indexes. */
  readonly indexes: readonly string[]
  /** Everything that can be searched, newest first. */
  readonly rows: () => readonly SearchRow[]
}

/** `search/v2/jobs` with `exec_mode=oneshot`: the results come with the answer. */
export function searchAnswer({ method, path, form }: RestRequest, { rows }: SearchServices): RestAnswer {
  if (path[0] !== 'jobs' || path.length !== 1 || method !== 'POST') return notFound(path.join('/'))
  const search = form.get('search') ?? ''
  if (!/^\s*(?:search\s|\|)/.test(search)) return refused(400, `Unable to parse the search: ${search}`, 'FATAL')
  if (form.get('exec_mode') !== 'oneshot') return refused(400, 'Only one-shot searches are simulated')
  const from = timeOf(form.get('earliest_time') ?? '0')
  const found = withoutInternal(search, rows()).filter(({ _time }) => Number(_time) * 1000 >= from)
  try {
    const { fields, rows: results } = runSearch(search, found)
    const count = Number(form.get('count') ?? 100)
    return {
      status: 200,
      json: {
        preview: false,
        init_offset: 0,
        messages: [],
        fields: fields.map((name) => ({ name })),
        results: count > 0 ? results.slice(0, count) : results,
      },
    }
  } catch (error) {
    return refused(400, (error as Error).message, 'FATAL')
  }
}

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `-24h`, seconds since 1970 or an ISO time, in milliseconds. */
function timeOf(text: string): number {
  const [, amount, unit = ''] = /^-(\d+)([smhd])/.exec(text) ?? []
  if (amount !== undefined) return Date.now() - Number(amount) * (unitMs[unit] ?? 0)
  return /^[\d.]+$/.test(text) ? Number(text) * 1000 : Date.parse(text)
}
