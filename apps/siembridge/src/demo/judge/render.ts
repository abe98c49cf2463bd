import { logTypes } from '@siembridge/catalog'
import { createEngine, type Engine } from '@siembridge/engine'
import type { Rendered, TargetDescription } from './types.ts'

const changing = new Set(logTypes.filter(({ significant = [] }) => significant.length > 0).map(({ id }) => id))

/** The interpreter of one target. Lines are whole: limits of syslog headers are nothing to compare. */
const engineOf = ({ format, filter }: TargetDescription): Promise<Engine> =>
  createEngine({
    to: format,
    engine: 'reference',
    ...((format === 'cef' || format === 'leef') && { maxBytes: 0 }),
    ...(filter !== undefined && { filter }),
  })

/** Tells what lines a record gives at each target, by the reference interpreter, as they are read back from UTF-8. */
export async function createRenderer(
  targets: readonly TargetDescription[],
  tenant: string,
): Promise<(record: Buffer) => Rendered> {
  const engines: [string, Engine][] = []
  for (const target of targets) engines.push([target.name, await engineOf(target)])
  return (record) => {
    let type: string | undefined
    const lines = engines.map(([name, engine]): [string, string[]] => {
      const written: string[] = []
      const sink = { size: 0, line: (text: string) => void written.push(text.toWellFormed()), back: () => undefined }
      type = engine.record(record, sink, false, tenant).type ?? type
      return [name, written]
    })
    return { changes: changing.has(type ?? ''), lines: Object.fromEntries(lines) }
  }
}
