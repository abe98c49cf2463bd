import { readFileSync } from 'node:fs'
import { exit, RecordReader, SiembridgeError } from '@siembridge/core'
import { chunksOf, nameOf } from '../input.ts'
import { type LineSink, senderSink, stdoutSink } from '../sink.ts'

export interface NativeOptions {
  readonly activity: 'json' | 'leef'
  readonly hostname: string
  readonly header: boolean
  readonly maxBytes: number
  readonly send?: string
  readonly ca?: string
}

const longestRecord = 16 * 1024 * 1024

/** `siembridge native qradar`: exit status. */
export async function native(files: readonly string[], options: NativeOptions): Promise<number> {
  const { nativeLine } = await import('@siembridge/qradar')
  const { activity, hostname, header, maxBytes: maxMessage } = options
  if (maxMessage !== 0 && maxMessage < 600)
    throw new SiembridgeError(
      'UsageWrong',
      `--max-bytes ${maxMessage} is too small: 600 or more can be kept, 0 is no limit`,
    )
  const how = { activity, maxMessage, now: Date.now, ...(header && { hostname }) }
  const sink = await sinkFor(options)
  let lines: string[] = []
  let rejected = 0
  const flush = async (): Promise<void> => {
    if (lines.length > 0) await sink.write(Buffer.from(`${lines.join('\n')}\n`))
    lines = []
  }
  for (const file of files.length === 0 ? ['-'] : files) {
    const refuse = (line: number, reason: string): void => {
      rejected++
      process.stderr.write(`${nameOf(file)}:${line}: ${reason}\n`)
    }
    const take = (bytes: Buffer, at: number): boolean => {
      try {
        const made = nativeLine(bytes, how)
        if ('line' in made) lines.push(made.line)
        else refuse(at, made.unparsed)
      } catch (error) {
        refuse(at, (error as Error).message)
      }
      return true
    }
    const reader = new RecordReader({ record: take, problem: refuse }, longestRecord)
    for await (const chunk of chunksOf(file, options.send === undefined)) {
      reader.push(chunk)
      await flush()
    }
    reader.end()
    await flush()
  }
  await sink.close()
  return rejected > 0 ? exit.rejected : exit.good
}

async function sinkFor({ send, ca }: NativeOptions): Promise<LineSink> {
  if (send === undefined) return stdoutSink()
  const { openSender, parseTarget } = await import('@siembridge/syslog')
  // QRadar ends a message at a line feed; it does not count octets.
  return senderSink(
    await openSender({ ...parseTarget(send, 'lines'), ...(ca !== undefined && { ca: readFileSync(ca, 'utf8') }) }),
  )
}
