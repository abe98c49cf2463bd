import { exit, SiembridgeError } from '@siembridge/core'
import { convert } from './commands/convert.ts'
import { plainConvert } from './plain.ts'
import { ReaderGone } from './sink.ts'

/** Runs the command line of this process. */
export function start(): void {
  main(process.argv.slice(2)).catch(async (error: unknown) => {
    process.exitCode = await report(error)
  })
}

async function main(args: readonly string[]): Promise<void> {
  const plain = plainConvert(args)
  if (plain) {
    process.exitCode = await convert(plain.files, plain.options)
  } else {
    const { run } = await import('./program.ts')
    await run(args)
  }
}

/** Says what went wrong, in the words of the error table. Anything else is a fault of ours and shows where it happened. */
async function report(thrown: unknown): Promise<number> {
  if (thrown instanceof ReaderGone) return exit.good
  if (isCommander(thrown)) return thrown.exitCode === 0 ? exit.good : exit.usage
  const error = isOfOldNode(thrown) ? new SiembridgeError('NodeTooOld', process.version) : thrown
  const { createLogger } = await import('@siembridge/core/logging')
  const known = error instanceof SiembridgeError
  const log = createLogger({ level: 'error', json: process.argv.includes('--json') })
  log.error(
    known
      ? `${error.code}: ${error.message}`
      : `a fault in siembridge itself: ${(error as Error).stack ?? String(error)}`,
  )
  return known ? error.status : exit.no
}

/** A function that a Node older than the one asked for does not have: nothing that a report to us would mend. */
const isOfOldNode = (error: unknown): boolean =>
  error instanceof TypeError &&
  error.message.includes('is not a function') &&
  Number.parseInt(process.versions.node, 10) < 22

function isCommander(error: unknown): error is { exitCode: number } {
  return String((error as { code?: unknown }).code).startsWith('commander.')
}
