import { compileTests, type Reader } from './filter/compile.ts'
import type { EventView } from './interpret/view.ts'
import type { Interpreter } from './interpreter.ts'
import type { EventFunction } from './printing.ts'
import type { CallContext } from './runtime/event.ts'

interface Event {
  here: unknown
  record: unknown
  levels: unknown
  child: string
  context: CallContext
}

/** The filter for each shape, over functions of the fields that it names. */
export async function filterTests({ call, filter }: Interpreter): Promise<EventFunction<boolean>[] | undefined> {
  if (filter === undefined) return undefined
  const { functions } = await import('./generated/fields.js')
  const views = /"related\./.test(JSON.stringify(filter)) ? (await import('./generated/view.js')).functions : []
  const event: Event = { here: undefined, record: undefined, levels: undefined, child: '', context: undefined as never }
  return call.candidates.map(({ type }, at) => {
    const reader: Reader<Event> = (field) => {
      if (field === 'type') return () => type.id
      if (field.startsWith('related.'))
        return ({ here, record, levels, child, context }) =>
          (views[at] as EventFunction<EventView>)(here, record, levels, child, context).fields.get(field)
      const read = functions[at]?.[field]
      return read
        ? ({ here, record, levels, child, context }) => read(here, record, levels, child, context)
        : () => undefined
    }
    const keeps = compileTests(filter, reader)
    return (here, record, levels, child, context) => {
      event.here = here
      event.record = record
      event.levels = levels
      event.child = child
      event.context = context
      return keeps(event)
    }
  })
}
