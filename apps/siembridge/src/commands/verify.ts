import { exit, type KitOptions, type ParserKit, RecordReader } from '@siembridge/core'
import { chunksOf, nameOf } from '../input.ts'
import type { VerifyOptions } from '../parsers/parser-commands.ts'
import { readFolder } from '../parsers/read-folder.ts'
import { mostStuck, recordMs, withinTime } from '../parsers/time-limit.ts'
import { VerifyReport } from '../parsers/verify-report.ts'
import { stdoutSink } from '../sink.ts'

const longestRecord = 16 * 1024 * 1024

/** `siembridge verify NAME`: exit status, 1 where a parser file is wrong or something did not parse. */
export async function verify(kit: ParserKit, folder: string, options: KitOptions & VerifyOptions): Promise<number> {
  const verifier = kit.verify(readFolder(folder), options)
  const report = new VerifyReport(options)
  let stuck = 0
  const verified = (name: string, line: number, bytes: Buffer): void => {
    const events = stuck < mostStuck ? withinTime(() => verifier.record(bytes)) : []
    if (events) return report.record(name, line, events)
    report.stuck(name, line, recordMs, ++stuck === mostStuck)
  }
  const sink = stdoutSink()
  const flush = (): Promise<void> => sink.write(Buffer.from(report.take()))
  report.files(verifier.problems)
  for (const file of options.input ?? (process.stdin.isTTY ? [] : ['-'])) {
    const name = nameOf(file)
    const reader = new RecordReader(
      {
        record(bytes, line, strict) {
          const reason = notJson(bytes)
          // Cut by its brackets it may be several that are.
          if (reason !== undefined && strict) return false
          if (reason === undefined) verified(name, line, bytes)
          else report.unreadable(name, line, reason)
          return true
        },
        problem: (line, reason) => report.unreadable(name, line, reason),
      },
      longestRecord,
    )
    for await (const chunk of chunksOf(file, true)) {
      reader.push(chunk)
      await flush()
    }
    reader.end()
  }
  report.sum()
  await flush()
  await sink.close()
  return report.good ? exit.good : exit.no
}

/** Why a text is not strict JSON; undefined where it is. */
function notJson(bytes: Buffer): string | undefined {
  try {
    JSON.parse(bytes.toString('utf8'))
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
