import { recordsOf, SiembridgeError } from '@siembridge/core'
import { mayBePartial } from '../common/trouble.ts'
import type { Drained } from './drain.ts'
import { queryOf, type Window } from './query.ts'
import type { Reader } from './reader.ts'

/**
 * Reads a window that fails record by record, so that one record that the service cannot give does not hold up the others. What cannot
 * be had is told as a gap; later sweeps try again.
 */
export async function itemwise(reader: Reader, window: Window, cause: unknown): Promise<Drained> {
  const { spec, subject, graph, tuning, signal, onWait } = reader
  const nothing: Drained = { pages: 1, dateMs: reader.time.now(), tally: undefined }
  if (!spec.single) return (gap(reader, window, cause), nothing)
  try {
    const query = queryOf(spec, window, { ...tuning, pageSize: Math.min(tuning.pageSize, 100) }, 'id')
    for await (const { value } of graph.pages({ ...query, subject, attempts: 2, signal, onWait }))
      for (const { id } of value as readonly { id: unknown }[]) await item(reader, window, String(id))
  } catch (error) {
    if (!mayBePartial(error)) throw error
    gap(reader, window, error)
  }
  return nothing
}

async function item(reader: Reader, window: Window, id: string): Promise<void> {
  const { spec, subject, graph, signal, onWait } = reader
  const { version, path, api } = spec
  try {
    const bytes = await graph.one({
      version,
      path: `${path}/${encodeURIComponent(id)}`,
      api,
      subject,
      attempts: 2,
      signal,
      onWait,
    })
    await reader.emit(recordsOf([bytes]))
  } catch (error) {
    // It was deleted since it was listed.
    if (error instanceof SiembridgeError && error.code === 'StreamMissing') return
    if (!mayBePartial(error)) throw error
    gap(reader, window, error, id)
  }
}

function gap({ tell, subject, details }: Reader, { from, to }: Window, cause: unknown, id?: string): void {
  const [reason = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
  const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  const what = id === undefined ? `records from ${span.from} to ${span.to}` : `record ${id}`
  const message = `${subject}: ${what} cannot be read; it is tried again for a while`
  tell({
    action: 'gap',
    severity: 'high',
    message,
    details: { ...details, ...span, reason, ...(id !== undefined && { id }) },
  })
}
