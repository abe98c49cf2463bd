import { exit, RecordReader } from '@siembridge/core'
import { chunksOf, nameOf } from '../input.ts'
import { print } from '../sink.ts'
import { table } from '../terminal/table.ts'

const longestRecord = 16 * 1024 * 1024

/** `siembridge list qradar-unknowns`: rows to add for operations that arrive under a general id; exit status. */
export async function qradarUnknowns(options: {
  readonly input?: readonly string[]
  readonly json?: boolean
  readonly plan?: boolean
}): Promise<number> {
  const { printPlan, UnknownOperations } = await import('@siembridge/qradar')
  const unknowns = new UnknownOperations()
  let rejected = 0
  for (const file of options.input ?? ['-']) {
    const refuse = (line: number, reason: string): void => {
      rejected++
      process.stderr.write(`${nameOf(file)}:${line}: not a record: ${reason}\n`)
    }
    const take = (bytes: Buffer, line: number): boolean => {
      try {
        unknowns.record(bytes)
      } catch (error) {
        refuse(line, (error as Error).message)
      }
      return true
    }
    const reader = new RecordReader({ record: take, problem: refuse }, longestRecord)
    for await (const chunk of chunksOf(file, true)) reader.push(chunk)
    reader.end()
  }
  const rows = unknowns.rows()
  await print(
    options.plan ? printPlan(unknowns.plan()) : options.json ? `${JSON.stringify(rows, null, 1)}\n` : table(rows),
  )
  return rejected > 0 ? exit.rejected : exit.good
}
