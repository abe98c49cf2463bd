import { SiembridgeError, exit } from '@siembridge/core'

try {
  const { program } = await import('./program.ts')
  await program().parseAsync()
} catch (error) {
  process.exitCode = await report(error)
}

/** Says what went wrong, in the words of the error table. Anything else is a fault of ours and shows where it happened. */
async function report(error: unknown): Promise<number> {
  if (isCommander(error)) return error.exitCode === 0 ? exit.good : exit.usage
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') return exit.good
  const { createLogger } = await import('@siembridge/core/logging')
  const known = error instanceof SiembridgeError
  const log = createLogger({ level: 'error', json: process.argv.includes('--json') })
  log.error(known ? `${error.code}: ${error.message}` : `a fault in siembridge itself: ${(error as Error).stack ?? String(error)}`)
  return known ? error.status : exit.no
}

function isCommander(error: unknown): error is { exitCode: number } {
  return String((error as { code?: unknown }).code).startsWith('commander.')
}
