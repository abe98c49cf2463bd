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

/** `siembridge convert`: exit status. */
export async function convert(files: readonly string[], options: ConvertOptions): Promise<number> {
  const engine = await engineFor(options)
  const sink = await sinkFor(options)
  const tally = new Tally(options)
  let complete = false
  try {
    const unreadable = await convertFiles(files.length === 0 ? ['-'] : files, engine, sink, tally, options)
    await sink.close()
    complete = unreadable === undefined
    if (unreadable) throw unreadable
  } finally {
    if (!complete) sink.abort()
    await tally.finish(engine.fallbacks, sink.leftOut, complete)
  }
  return tally.rejected > 0 || sink.leftOut.events > 0 ? exit.rejected : exit.good
}

/** The error of a file that cannot be read ends it, but not before what came from the files before it is on its way. */
async function convertFiles(
  files: readonly string[],
  engine: Engine,
  sink: LineSink,
  tally: Tally,
  options: ConvertOptions,
): Promise<SiembridgeError | undefined> {
  try {
    for (const file of files) await convertFile(file, engine, sink, tally, options)
    return undefined
  } catch (error) {
    if (error instanceof SiembridgeError && error.code === 'InputUnreadable') return error
    throw error
  }
}

/** The engine of a command line. Throws SiembridgeError. */
export async function engineFor(options: ConvertOptions): Promise<Engine> {
  try {
    return await createEngine(engineOptions(options))
  } catch (error) {
    if ((error as Error).name === 'FilterError') throw new SiembridgeError('FilterWrong', (error as Error).message)
    if (error instanceof RangeError)
      throw new SiembridgeError('UsageWrong', `${error.message}; \`siembridge list log-types\` prints them`)
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

async function convertFile(
  file: string,
  engine: Engine,
  sink: LineSink,
  tally: Tally,
  options: ConvertOptions,
): Promise<void> {
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
  for await (const chunk of chunksOf(file, options.send === undefined)) {
    reader.push(chunk)
    if (out.size > 0) await sink.write(out.take())
    tally.progress(chunk.length)
  }
  reader.end()
  if (out.size > 0) await sink.write(out.take())
}
