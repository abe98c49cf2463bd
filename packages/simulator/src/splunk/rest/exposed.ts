import type { ConfStore } from '../apps/conf-store.ts'

interface Exposure {
  readonly pattern: string
  readonly methods: readonly string[]
}

/** What Splunk Web passes on without being told (web.conf as Splunk brings it). */
const builtIn: readonly Exposure[] = [
  { pattern: 'storage/passwords', methods: ['GET', 'POST'] },
  { pattern: 'storage/passwords/*', methods: ['GET', 'POST', 'DELETE'] },
  { pattern: 'storage/collections/**', methods: ['GET', 'POST', 'DELETE', 'PUT'] },
  { pattern: 'configs/conf-*', methods: ['GET', 'POST'] },
  { pattern: 'configs/conf-*/*', methods: ['GET', 'POST', 'DELETE'] },
  { pattern: 'data/modular-inputs', methods: ['GET'] },
  { pattern: 'data/modular-inputs/*', methods: ['GET'] },
  { pattern: 'server/info', methods: ['GET'] },
  { pattern: 'data/indexes', methods: ['GET'] },
  { pattern: 'search/v2/jobs', methods: ['GET', 'POST'] },
]

/** Whether Splunk Web passes a request on to splunkd: by the `[expose:]` stanzas of every app and Splunk's own. */
export function isExposed(method: string, path: readonly string[], confs: ConfStore): boolean {
  const added = confs
    .stanzas('web')
    .filter(({ name }) => name.startsWith('expose:'))
    .map(({ settings }) => ({
      pattern: settings.pattern ?? '',
      methods: (settings.methods ?? 'GET').split(',').map((one) => one.trim()),
    }))
  return [...builtIn, ...added].some(
    ({ pattern, methods }) =>
      methods.includes(method) && pathPattern(pattern).test(path.map((one) => encodeURIComponent(one)).join('/')),
  )
}

/** `*` is one part of a path, or the rest of one; `**` any number of parts. */
const pathPattern = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('**', '\0')
      .replaceAll('*', '[^/]*')
      .replaceAll('\0', '.*')}$`,
  )
