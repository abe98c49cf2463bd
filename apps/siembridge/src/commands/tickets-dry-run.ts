import { exit, RecordReader, systemClock } from '@siembridge/core'
import type { TenantOptions } from '@siembridge/azure'
import type { Config, ConfiguredTarget } from '@siembridge/core/config'
import { createLogger } from '@siembridge/core/logging'
import { Output } from '@siembridge/engine'
import { encoderOf } from '../agent/encoders.ts'
import { connect } from '../agent/ports.ts'
import { chunksOf, nameOf } from '../input.ts'
import { print } from '../sink.ts'
import { ticketTarget } from '../tickets/ticket-target.ts'

interface DryOptions {
  readonly config?: string
  readonly target?: string
  readonly network: boolean
  readonly json?: boolean
}

/** `siembridge tickets dry-run`: the tickets that records would become, as a person would see them; exit status. */
export async function dryRunTickets(files: readonly string[], options: DryOptions): Promise<number> {
  const { config, target } = await ticketTarget(options)
  const [{ dryRun, ticketText }, connections] = await Promise.all([import('@siembridge/servicenow'), connect(config)])
  const log = createLogger({ level: 'warn', json: false })
  try {
    const { lines, rejected } = await linesOf(files, config, target, connections.secrets)
    const run = { options: target.options, secrets: connections.secrets, clock: systemClock, log, ask: options.network }
    const { tickets, without } = await dryRun(lines, run)
    for (const ticket of tickets) await print(options.json ? `${JSON.stringify(ticket)}\n` : `${ticketText(ticket)}\n`)
    if (!options.json)
      process.stderr.write(
        `siembridge: ${tickets.length} tickets of ${lines.length} events; ${without} events make none; nothing was written\n`,
      )
    return rejected > 0 ? exit.rejected : exit.good
  } finally {
    await connections.close()
  }
}

/** As `convert` takes them. */
const mostRecordBytes = 16 << 20

type Secrets = Awaited<ReturnType<typeof connect>>['secrets']

/** Events of records as the target's route would hand them over, one a line. */
async function linesOf(
  files: readonly string[],
  config: Config<TenantOptions>,
  target: ConfiguredTarget,
  secrets: Secrets,
): Promise<{ lines: Buffer[]; rejected: number }> {
  const route = config.routes.find(({ to }) => to.includes(target.name))
  if (!route) return { lines: [], rejected: 0 }
  const encoder = await encoderOf(config, route, target, secrets)
  const out = new Output(1 << 16)
  const lines: Buffer[] = []
  let rejected = 0
  for (const file of files.length === 0 ? ['-'] : files) {
    const reader = new RecordReader(
      {
        record(bytes, line) {
          if (encoder.encode(bytes, undefined, undefined, out) === 0)
            process.stderr.write(`siembridge: ${nameOf(file)}:${line}: no event\n`)
          return true
        },
        problem(line, reason) {
          rejected++
          process.stderr.write(`siembridge: ${nameOf(file)}:${line}: ${reason}\n`)
        },
      },
      mostRecordBytes,
    )
    for await (const chunk of chunksOf(file, true)) reader.push(chunk)
    reader.end()
    const text = Buffer.from(out.take())
    for (let from = 0, to = text.indexOf(10); to >= 0; from = to + 1, to = text.indexOf(10, from))
      lines.push(text.subarray(from, to))
  }
  return { lines, rejected }
}
