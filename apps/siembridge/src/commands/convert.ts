import { readFileSync } from 'node:fs'
import { exit, RecordReader, SiembridgeError } from '@siembridge/core'
import { createEngine, type Engine, type Format, Output } from '@siembridge/engine'
import { chunksOf, nameOf } from '../input.ts'
import { type LineSink, senderSink, stdoutSink } from '../sink.ts'
import { Tally } from '../tally.ts'
import { engineOptions } from '../wiring.ts'

export interface ConvertOptions {
  readonly to: Format
  readonly type?: string
  readonly filter?: string
  readonly maxBytes?: number
  readonly maxRecordBytes: number
  readonly send?: string
  readonly header?: 'rfc3164' | 'rfc5424' | 'none'
  readonly framing?: string
  readonly hostname: string
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly engine?: 'generated' | 'reference'
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Bytes of lines that are handed on at once: below 64 KiB a write costs more than it carries. */
const flushBytes = 256 * 1024

/** `siembridge convert`: exit status. */
export async function convert(files: readonly string[], options: ConvertOptions): Promise<number> {
  const engine = await engineFor(options)
  const sink = await sinkFor(options)
  const tally = new Tally(options)
  try {
    for (const file of files.length === 0 ? ['-'] : files) await convertFile(file, engine, sink, tally, options)
    await sink.close()
  } finally {
    await tally.finish(engine.fallbacks)
  }
  return tally.rejected > 0 ? exit.rejected : exit.good
}

/** The engine of a command line. Throws SiembridgeError. */
export async function engineFor(options: ConvertOptions): Promise<Engine> {
  try {
    return await createEngine(engineOptions(options))
  } catch (error) {
    if ((error as Error).name === 'FilterError') throw new SiembridgeError('FilterWrong', (error as Error).message)
    if (error instanceof RangeError) throw new SiembridgeError('UsageWrong', `${error.message}; \`siembridge list log-types\` prints them`)
    throw error
  }
}

async function sinkFor(options: ConvertOptions): Promise<LineSink> {
  if (options.send === undefined) return stdoutSink()
  const { openSender, parseTarget } = await import('@siembridge/syslog')
  const pem = (file: string | undefined): string | undefined => (file === undefined ? undefined : readPem(file))
  const [ca, cert, key] = [pem(options.ca), pem(options.cert), pem(options.key)]
  const target = parseTarget(options.send, options.framing)
  return senderSink(await openSender({ ...target, ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }))
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new SiembridgeError('InputUnreadable', file, (error as Error).message)
  }
}

async function convertFile(file: string, engine: Engine, sink: LineSink, tally: Tally, options: ConvertOptions): Promise<void> {
  const out = new Output()
  const name = nameOf(file)
  const reader = new RecordReader(
    {
      record(bytes, line, strict) {
        const outcome = engine.record(bytes, out, strict)
        if (outcome.declined) return false
        tally.count(name, line, outcome)
        return true
      },
      problem: (line, reason) => tally.problem(name, line, reason),
    },
    options.maxRecordBytes,
  )
  for await (const chunk of chunksOf(file)) {
    reader.push(chunk)
    if (out.size >= flushBytes) await sink.write(out.take())
    tally.progress(chunk.length)
  }
  reader.end()
  if (out.size > 0) await sink.write(out.take())
}

