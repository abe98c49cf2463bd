import type { Format } from '@siembridge/engine'
import { evaluate } from '../evaluate/event.ts'
import type { Compiled } from '../evaluate/pattern.ts'
import type { Lsx } from '../lsx/model.ts'
import { payloadOf } from './lsx-way.ts'
import { readEvent, shownFields } from './result.ts'
import { collector, headerFor, type WayVerifier } from './way.ts'

/** What an extension of one's own may be run over: Microsoft's record as it is, or a format that the bridge writes. */
export const foreignForms = ['raw', 'flat', 'raw+', 'leef', 'cef'] as const

/** An extension without a plan: nothing is known of its mappings, so an event counts as parsed once it has a name. */
export function foreignWay(
  { lsx, compiled }: { lsx: Lsx; compiled: Compiled },
  form: string,
  maxPayload: number,
): WayVerifier {
  return (view, inspected) => {
    const hostname = 'siembridge'
    const payload =
      form === 'raw'
        ? headerFor(view, hostname) + inspected.text
        : payloadOf(view, inspected, form as Format, hostname, maxPayload)
    const { event, ambiguous } = readEvent((ask) =>
      evaluate(lsx, compiled, payload, { lookUp: () => undefined, collector }, ask),
    )
    return {
      is: event.state === 'stored' ? 'unparsed' : 'parsed',
      parser: lsx.file,
      type: view.type,
      fields: shownFields(event, new Map()),
      problems: [],
      ambiguous,
    }
  }
}
