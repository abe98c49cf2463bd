import { recordsOf } from '@siembridge/core'
import type { Source, SourceContext } from '@siembridge/core'
import { Cutter } from './cutter.ts'
import { stdinSourceOptions, type StdinSourceOptions } from './source-options.ts'

/** Reads a stream to its end. What was read cannot be read again: the position only counts. */
export async function readStream(
  context: SourceContext<StdinSourceOptions>,
  stream: AsyncIterable<Buffer>,
): Promise<void> {
  const { options, log, name, signal } = context
  const { tenant } = options
  const lane = await context.lane({ stream: 'stdin', windowMs: 0, ...(tenant !== undefined && { tenant }) })
  const cutter = new Cutter({ offset: 0, skip: 0 }, options.max_record_bytes, (offset, reason) =>
    log.warn(`source ${name}: standard input at byte ${offset}: ${reason}`),
  )
  const emit = async (): Promise<void> => {
    const texts = cutter.take()
    if (texts.length > 0) await lane.emit(recordsOf(texts), Buffer.from(JSON.stringify(cutter.safe)))
  }
  for await (const chunk of stream) {
    if (signal.aborted) return
    cutter.push(chunk)
    await emit()
  }
  cutter.end()
  await emit()
  await lane.settled()
}

/** Records out of standard input, to its end. */
export const stdinSource: Source<StdinSourceOptions> = {
  kind: 'stdin',
  title: 'Standard input',
  options: stdinSourceOptions,
  async *check() {
    const subject = 'standard input'
    const help = 'Pipe records into the bridge: producer | siembridge run.'
    yield process.stdin.isTTY
      ? { subject, is: 'warning', says: 'is a terminal', help }
      : { subject, is: 'good', says: 'is a pipe or a file' }
  },
  run: async (context) => {
    const stop = (): void => void process.stdin.destroy()
    context.signal.addEventListener('abort', stop, { once: true })
    try {
      await readStream(context, process.stdin as AsyncIterable<Buffer>)
    } catch (error) {
      if (!context.signal.aborted) throw error
    } finally {
      context.signal.removeEventListener('abort', stop)
    }
  },
}
