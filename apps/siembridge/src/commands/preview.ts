import { styleText } from 'node:util'
import { exit, RecordReader } from '@siembridge/core'
import { Output, type Outcome } from '@siembridge/engine'
import { chunksOf, nameOf } from '../input.ts'
import { stdoutSink } from '../sink.ts'
import { engineOptions, headerForm } from '../wiring.ts'
import { type ConvertOptions, engineFor } from './convert.ts'

/** `siembridge preview`: the bytes that `convert` would send with the same options, and what the filter does; exit status. */
export async function preview(
  files: readonly string[],
  options: ConvertOptions & { readonly limit: number },
): Promise<number> {
  const engine = await engineFor(options)
  const out = new Output()
  const octets =
    (options.framing ?? (options.send?.startsWith('tls:') ? 'octets' : 'lines')) === 'octets' &&
    options.send !== undefined
  const sink = stdoutSink()
  let pages: string[] = []
  let shown = 0
  let rejected = 0
  const show = (name: string, line: number, outcome: Outcome): void => {
    const text = out.take().toString('utf8')
    if (shown >= options.limit) return
    shown += Math.max(1, outcome.events)
    pages.push(`${verdict(name, line, outcome)}\n`)
    for (const message of text.split('\n').filter((l) => l !== ''))
      pages.push(`${octets ? `${Buffer.byteLength(message)} ` : ''}${message}\n`)
  }
  const flush = async (): Promise<void> => {
    await sink.write(Buffer.from(pages.join('')))
    pages = []
  }
  for (const file of files.length === 0 ? ['-'] : files) {
    const name = nameOf(file)
    const reader = new RecordReader(
      {
        record(bytes, line, strict) {
          const outcome = engine.record(bytes, out, strict)
          if (outcome.declined) return false
          if (outcome.rejected) rejected++
          show(name, line, outcome)
          return true
        },
        problem(line, reason) {
          rejected++
          show(name, line, { events: 0, dropped: 0, rejected: { reason } })
        },
      },
      options.maxRecordBytes,
    )
    for await (const chunk of chunksOf(file, true)) {
      reader.push(chunk)
      await flush()
      if (shown >= options.limit) break
    }
    if (shown < options.limit) reader.end()
    await flush()
    if (shown >= options.limit) break
  }
  await sink.close()
  if (!options.quiet && process.stderr.isTTY)
    process.stderr.write(
      `siembridge: nothing was sent; header ${headerForm(options)}, largest line ${engineOptions(options).maxBytes ?? 0} bytes\n`,
    )
  return rejected > 0 ? exit.rejected : exit.good
}

function verdict(name: string, line: number, { type, events, dropped, rejected, mended }: Outcome): string {
  const where = `${name}:${line}`
  if (rejected) return colour('red', `# ${where}: rejected: ${rejected.reason}`)
  const note = mended === undefined ? '' : `, read in spite of damage: ${mended}`
  if (events === 0) return colour('yellow', `# ${where}: ${type ?? ''}: dropped by the filter${note}`)
  return colour(
    'green',
    `# ${where}: ${type ?? ''}: ${events} ${events === 1 ? 'event' : 'events'}${dropped > 0 ? `, ${dropped} dropped by the filter` : ''}${note}`,
  )
}

/** Colours only where a person looks. */
const colour = (name: 'red' | 'green' | 'yellow', text: string): string =>
  process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? styleText(name, text) : text
