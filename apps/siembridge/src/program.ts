import { Command, InvalidArgumentError, Option } from 'commander'
import { agentCommands } from './agent-commands.ts'
import { applyCommand } from './apply/apply-command.ts'
import { convert, type ConvertOptions } from './commands/convert.ts'
import { convertOptions, isWhole, type OptionRow, previewOptions } from './options.ts'
import type { NativeOptions } from './commands/native.ts'
import { parserCommands } from './parsers/parser-commands.ts'
import { print } from './sink.ts'

export const version = '0.1.0'

/** Runs a command line: help, validation and shell completion come from the command table here. */
export async function run(args: readonly string[]): Promise<void> {
  const said: string[] = []
  const root = await program((text) => said.push(text), args)
  try {
    await root.parseAsync(args, { from: 'user' })
  } finally {
    if (said.length > 0) await print(said.join(''))
  }
}

async function program(say: (text: string) => void, args: readonly string[]): Promise<Command> {
  const root = new Command('siembridge')
    .description("Microsoft's security records in, SIEM lines out")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: say })
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError('(run with --help for the options)')
    .addHelpText('after', examples)
  convertCommand(root.command('convert'))
  previewCommand(root.command('preview'))
  listCommand(root.command('list'))
  demoCommand(root.command('demo'))
  await parserCommands(root, args)
  await applyCommand(root, args)
  nativeCommand(root.command('native'))
  agentCommands(root, version)
  completionCommand(root.command('completion'), root)
  return root
}

const examples = `
Examples:
  siembridge convert --to cef sign-ins.ndjson
  siembridge convert --to cef --send tcp://siem.example.com:514 < records.json
  siembridge preview --to leef --filter 'severity >= medium and source.ip in 10.0.0.0/8' alerts.json
  siembridge list log-types

Exit status: 0 good, 1 ran and the answer is no, 2 wrong usage, 3 some input rejected, 69 a target or file is unavailable.`

function conversion(command: Command, rows: readonly OptionRow[]): Command {
  command.argument('[files...]', 'files of records; standard input where none is given, or "-"')
  for (const row of rows) command.addOption(optionOf(row))
  return command
}

function optionOf({ flags, help, choices, whole, preset, mandatory, hidden }: OptionRow): Option {
  const option = new Option(flags, help).makeOptionMandatory(mandatory ?? false).hideHelp(hidden ?? false)
  if (choices) option.choices(choices)
  if (whole) option.argParser(wholeNumber)
  return preset === undefined ? option : option.default(preset)
}

function convertCommand(command: Command): void {
  conversion(
    command.description('turn records into lines, to standard output or to a syslog receiver'),
    convertOptions,
  ).action(async (files: string[], options: ConvertOptions) => {
    process.exitCode = await convert(files, options)
  })
}

function previewCommand(command: Command): void {
  conversion(
    command.description(
      'show exactly the bytes that would be sent, and which events the filter keeps; nothing is sent',
    ),
    previewOptions,
  ).action(async (files: string[], options: ConvertOptions & { limit: number }) => {
    const { preview } = await import('./commands/preview.ts')
    process.exitCode = await preview(files, options)
  })
}

interface ListOptions {
  readonly json?: boolean
  readonly type?: string
  readonly input?: readonly string[]
  readonly plan?: boolean
}

function listCommand(command: Command): void {
  command
    .description('print what the catalog knows')
    .addArgument(
      command
        .createArgument('<what>', 'what to list')
        .choices(['log-types', 'fields', 'formats', 'entities', 'sources', 'targets', 'qradar-unknowns']),
    )
    .option('--type <log-type>', 'fields: of this log type alone, with where each goes in every format')
    .option('-i, --input <files...>', 'qradar-unknowns: records; standard input unless given')
    .option('--plan', 'qradar-unknowns: as a plan for `siembridge apply qradar`')
    .option('--json', 'as JSON')
    .action(async (what: string, options: ListOptions) => {
      if (what === 'qradar-unknowns') {
        const { qradarUnknowns } = await import('./commands/qradar-unknowns.ts')
        process.exitCode = await qradarUnknowns(options)
        return
      }
      const { list } = await import('./commands/list.ts')
      process.exitCode = await list(what, options)
    })
}

function nativeCommand(command: Command): void {
  command
    .description('records as the messages that a SIEM’s own parsers know, to standard output or a syslog receiver')
    .addArgument(command.createArgument('<siem>', 'the SIEM').choices(['qradar']))
    .argument('[files...]', 'files of records; standard input where none is given, or "-"')
    .addOption(
      new Option('--activity <form>', 'how the Azure activity log goes out').choices(['json', 'leef']).default('json'),
    )
    .option('--hostname <name>', 'host name in the header; {type} stands for the log type', 'siembridge-{type}')
    .option('--no-header', 'the payload alone')
    .option('--max-bytes <bytes>', 'longest message; 0 is no limit', wholeNumber, 4096)
    .option('-s, --send <url>', 'syslog receiver: tcp://, udp:// or tls:// with host and port')
    .option('--ca <file>', 'authority (PEM) that signed the certificate of a tls receiver')
    .action(async (_: string, files: string[], options: NativeOptions) => {
      const { native } = await import('./commands/native.ts')
      process.exitCode = await native(files, options)
    })
}

function demoCommand(command: Command): void {
  command
    .description(
      'a simulated Microsoft cloud, the real agent, receivers; the agent is killed, and every event accounted for',
    )
    .option('--seed <number>', 'repeats the records and faults of an earlier run', wholeNumber)
    .option('--json', 'the figures as one JSON object on the last line')
    .action(async (options: { seed?: number; json?: boolean }) => {
      const { demo } = await import('./commands/demo.ts')
      process.exitCode = await demo(options)
    })
}

function completionCommand(command: Command, root: Command): void {
  command
    .description('print a completion script: eval "$(siembridge completion bash)"')
    .addArgument(command.createArgument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: string) => {
      const { completion } = await import('./commands/completion.ts')
      await print(completion(shell, root))
    })
}

function wholeNumber(text: string): number {
  if (!isWhole(text)) throw new InvalidArgumentError(`"${text}" is not a whole number.`)
  return Number(text)
}
