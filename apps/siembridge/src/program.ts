import { Command, Option } from 'commander'
import { formats } from '@siembridge/engine/formats'
import type { ConvertOptions } from './commands/convert.ts'

export const version = '0.1.0'

/** The command table: help, validation and shell completion come from it. */
export function program(): Command {
  const root = new Command('siembridge')
    .description("Microsoft's security records in, SIEM lines out")
    .version(version)
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError('(run with --help for the options)')
    .addHelpText('after', examples)
  convertCommand(root.command('convert'))
  previewCommand(root.command('preview'))
  listCommand(root.command('list'))
  demoCommand(root.command('demo'))
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

/** Options that convert and preview share. */
function conversion(command: Command): Command {
  return command
    .argument('[files...]', 'files of records; standard input where none is given, or "-"')
    .addOption(new Option('-t, --to <format>', 'format of the lines').choices(formats).makeOptionMandatory())
    .option('--type <log-type>', 'log type of every record; recognised from each record unless given')
    .option('-f, --filter <filter>', "which events to keep, such as 'severity >= medium and source.ip in 10.0.0.0/8'")
    .option('--max-bytes <bytes>', 'largest line: cef 8192 (1400 over UDP), leef 4000 unless given; 0 is no limit', wholeNumber)
    .option('--max-record-bytes <bytes>', 'longest record that is read; longer ones are passed over and counted', wholeNumber, 16 * 1024 * 1024)
    .addOption(new Option('--send <url>', 'send as syslog: tcp://HOST:PORT, udp://HOST:PORT or tls://HOST:PORT'))
    .addOption(new Option('--header <form>', 'syslog header: rfc3164 for cef and leef, rfc5424 otherwise').choices(['rfc3164', 'rfc5424', 'none']))
    .addOption(new Option('--framing <framing>', 'on a stream: lines, or octets (octet counting; the default for tls)').choices(['lines', 'octets']))
    .option('--hostname <name>', 'host name in the syslog header', 'siembridge')
    .option('--json', 'summary and messages as JSON on standard error')
    .option('-q, --quiet', 'no summary and no progress; messages about rejected records stay')
}

function convertCommand(command: Command): void {
  conversion(command.description('turn records into lines, to standard output or to a syslog receiver'))
    .option('--ca <file>', 'authorities to trust for tls, PEM')
    .option('--cert <file>', 'client certificate for tls, PEM')
    .option('--key <file>', "key of the client certificate, PEM")
    .addOption(new Option('--engine <engine>', 'generated code, or the reference interpreter alone').choices(['generated', 'reference']).default('generated').hideHelp())
    .action(async (files: string[], options: ConvertOptions) => {
      const { convert } = await import('./commands/convert.ts')
      process.exitCode = await convert(files, options)
    })
}

function previewCommand(command: Command): void {
  conversion(command.description('show exactly the bytes that would be sent, and which events the filter keeps; nothing is sent'))
    .option('-n, --limit <events>', 'events to show', wholeNumber, 10)
    .action(async (files: string[], options: ConvertOptions & { limit: number }) => {
      const { preview } = await import('./commands/preview.ts')
      process.exitCode = await preview(files, options)
    })
}

function listCommand(command: Command): void {
  command
    .description('print what the catalog knows')
    .addArgument(command.createArgument('<what>', 'what to list').choices(['log-types', 'fields', 'formats', 'entities', 'sources', 'targets']))
    .option('--type <log-type>', 'fields: of this log type alone, with where each goes in every format')
    .option('--json', 'as JSON')
    .action(async (what: string, options: { json?: boolean; type?: string }) => {
      const { list } = await import('./commands/list.ts')
      process.exitCode = await list(what, options)
    })
}

function demoCommand(command: Command): void {
  command
    .description('convert made-up records, send them to a receiver started here, and compare what arrived')
    .action(async () => {
      const { demo } = await import('./commands/demo.ts')
      process.exitCode = await demo()
    })
}

function completionCommand(command: Command, root: Command): void {
  command
    .description('print a completion script: eval "$(siembridge completion bash)"')
    .addArgument(command.createArgument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: string) => {
      const { completion } = await import('./commands/completion.ts')
      process.stdout.write(completion(shell, root))
    })
}

function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new (class extends Error {
    code = 'commander.invalidArgument'
    exitCode = 2
  })(`"${text}" is not a whole number`)
  return Number(text)
}
