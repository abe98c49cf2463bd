import type { Command } from 'commander'

const configOption = [
  '-c, --config <file>',
  'configuration; ./siembridge.yaml or /etc/siembridge/siembridge.yaml unless given',
] as const
const jsonOption = ['--json', 'as JSON'] as const

/** Registers the commands around the agent. What each needs is loaded when it is run. */
export function agentCommands(root: Command, version: string): void {
  runCommand(root, version)
  checkCommand(root)
  statusCommand(root)
  schemaCommand(root)
  sendTestCommand(root, version)
  backfillCommand(root, version)
  checkpointCommand(root, version)
  deadLettersCommand(root, version)
  ticketsCommand(root)
  pauseCommands(root)
  doctorCommand(root, version)
}

function runCommand(root: Command, version: string): void {
  root
    .command('run')
    .description('collect and deliver until stopped')
    .option(...configOption)
    .option('--since <time>', 'where a first start begins: 2d, 2026-06-01, 2026-06-01T10:00:00Z')
    .option('--once', 'read what is there, deliver it, and end')
    .option('--json', 'log as JSON')
    .action(async (options: { config?: string; since?: string; once?: boolean; json?: boolean }) => {
      const { run } = await import('./commands/run.ts')
      process.exitCode = await run(options, version)
    })
}

function checkCommand(root: Command): void {
  root
    .command('check')
    .description('look whether the configuration would work; nothing is sent')
    .option(...configOption)
    .option('--no-network', 'the file alone: nobody is asked')
    .option(...jsonOption)
    .action(async (options: { config?: string; network: boolean; json?: boolean }) => {
      const { check } = await import('./commands/check.ts')
      process.exitCode = await check(options)
    })
}

function statusCommand(root: Command): void {
  root
    .command('status')
    .description('how the agent fares; also what is known while none runs')
    .option(...configOption)
    .option(...jsonOption)
    .action(async (options: { config?: string; json?: boolean }) => {
      const { status } = await import('./commands/status.ts')
      process.exitCode = await status(options)
    })
}

function schemaCommand(root: Command): void {
  root
    .command('schema')
    .description('print the JSON Schema of the configuration, for editors')
    .action(async () => {
      const { schema } = await import('./commands/schema.ts')
      process.exitCode = await schema()
    })
}

function sendTestCommand(root: Command, version: string): void {
  root
    .command('send-test')
    .description('send one marked event to each target and say what became of it')
    .argument('[target]', 'this target alone')
    .option(...configOption)
    .option(...jsonOption)
    .action(async (target: string | undefined, options: { config?: string; json?: boolean }) => {
      const { sendTestCommand } = await import('./commands/send-test.ts')
      process.exitCode = await sendTestCommand(target, options, version)
    })
}

function backfillCommand(root: Command, version: string): void {
  root
    .command('backfill')
    .description('collect a past window again, beside what is collected anyway')
    .option(...configOption)
    .requiredOption('--source <name>', 'source to collect from')
    .requiredOption('--from <time>', 'begin: 2d, 2026-06-01, 2026-06-01T10:00:00Z')
    .option('--to <time>', 'end; now unless given')
    .option('--stream <name>', 'this stream of the source alone')
    .action(async (options: { config?: string; source: string; from: string; to?: string; stream?: string }) => {
      const { backfill } = await import('./commands/backfill.ts')
      process.exitCode = await backfill(options, version)
    })
}

function checkpointCommand(root: Command, version: string): void {
  const command = root.command('checkpoint').description('positions: how far each stream is collected')
  for (const [name, help] of [
    ['show', 'print them'],
    ['export', 'print them as JSON, whole'],
  ] as const)
    command
      .command(name)
      .description(help)
      .option(...configOption)
      .action(async (options: { config?: string }) => {
        const { checkpoint } = await import('./commands/checkpoint.ts')
        process.exitCode = await checkpoint(name, options)
      })
  command
    .command('rewind')
    .description('collect again from a time on; what was delivered does not come again')
    .argument('<source>', 'source to set back')
    .requiredOption('--to <time>', 'time to begin at: 2d, 2026-06-01, 2026-06-01T10:00:00Z')
    .option('--stream <name>', 'this stream of the source alone')
    .option(...configOption)
    .action(async (source: string, options: { config?: string; to: string; stream?: string }) => {
      const { rewindCommand } = await import('./commands/checkpoint.ts')
      process.exitCode = await rewindCommand(source, options, version)
    })
}

function deadLettersCommand(root: Command, version: string): void {
  const command = root.command('dead-letters').description('what could not be read or delivered')
  command
    .command('list')
    .description('print them with their reasons')
    .option(...configOption)
    .option('--json', 'whole, one JSON object a line')
    .action(async (options: { config?: string; json?: boolean }) => {
      const { listLetters } = await import('./commands/dead-letters.ts')
      process.exitCode = await listLetters(options)
    })
  command
    .command('retry')
    .description('read or deliver them again')
    .option(...configOption)
    .action(async (options: { config?: string }) => {
      const { retryLetters } = await import('./commands/dead-letters.ts')
      process.exitCode = await retryLetters(options, version)
    })
  command
    .command('purge')
    .description('delete those that are older than a time')
    .requiredOption('--before <time>', 'time: 30d, 2026-06-01')
    .option(...configOption)
    .action(async (options: { config?: string; before: string }) => {
      const { purgeLetters } = await import('./commands/dead-letters.ts')
      process.exitCode = await purgeLetters(options)
    })
}

const targetOption = ['--target <name>', 'the target; the only one of kind servicenow unless given'] as const

function ticketsCommand(root: Command): void {
  const command = root.command('tickets').description('tickets that were made in ServiceNow, and why; or would be')
  command
    .command('list')
    .description('print them, with the state that was read back last')
    .option(...configOption)
    .option(...targetOption)
    .option('--find <id>', 'the ticket of an alert (its own id), or a number such as INC0010001')
    .option(...jsonOption)
    .action(async (options: { config?: string; target?: string; find?: string; json?: boolean }) => {
      const { listTickets } = await import('./commands/tickets.ts')
      process.exitCode = await listTickets(options)
    })
  command
    .command('journal')
    .description('print every write to ServiceNow: what, why, and what came of it')
    .option(...configOption)
    .option(...targetOption)
    .option('--find <id>', 'of one ticket alone')
    .option('--json', 'whole, one JSON object a line')
    .action(async (options: { config?: string; target?: string; find?: string; json?: boolean }) => {
      const { printJournal } = await import('./commands/tickets.ts')
      process.exitCode = await printJournal(options)
    })
  command
    .command('dry-run')
    .description('print the tickets that records would become, as a person would see them; nothing is written')
    .argument('[files...]', 'files of records; standard input where none is given, or "-"')
    .option(...configOption)
    .option(...targetOption)
    .option('--no-network', 'the instance is not asked: names stay names, lengths are the usual ones')
    .option('--json', 'one JSON object a ticket')
    .action(
      async (files: string[], options: { config?: string; target?: string; network: boolean; json?: boolean }) => {
        const { dryRunTickets } = await import('./commands/tickets-dry-run.ts')
        process.exitCode = await dryRunTickets(files, options)
      },
    )
}

function pauseCommands(root: Command): void {
  for (const [name, help] of [
    ['pause', 'hold back what goes to a target; it waits in the buffer'],
    ['resume', 'let it go on'],
  ] as const)
    root
      .command(name)
      .description(help)
      .argument('<target>', 'name of the target')
      .option(...configOption)
      .action(async (target: string, options: { config?: string }) => {
        const { pauseTarget } = await import('./commands/pause.ts')
        process.exitCode = await pauseTarget(name, target, options)
      })
}

function doctorCommand(root: Command, version: string): void {
  root
    .command('doctor')
    .description('numbered checks, each with what to do where it is not well')
    .option(...configOption)
    .option('--bundle <file>', 'also write a redacted archive for support: tar.gz')
    .action(async (options: { config?: string; bundle?: string }) => {
      const { doctor } = await import('./commands/doctor.ts')
      process.exitCode = await doctor(options, version)
    })
}
