import type { KitOptions, ParserKit } from '@siembridge/core'
import type { Command } from 'commander'
import { kitOption } from './kit-option.ts'
import { parserKits } from './kits.ts'

/** Commands whose options can only be told once the kits are loaded. */
const asking = new Set(['generate', 'verify', 'completion', 'help'])

/** Registers `generate` and `verify`, with a sub-command for each SIEM. */
export async function parserCommands(root: Command, args: readonly string[]): Promise<void> {
  const loaders = asking.has(args[0] ?? '') ? Object.values(parserKits) : []
  const kits = await Promise.all(loaders.map((load) => load()))
  const generate = root.command('generate').description('write parser files for a SIEM, with steps and a report')
  const verify = root.command('verify').description('run parser files, ours or yours, over records as the SIEM would')
  for (const kit of kits) {
    generateCommand(generate, kit)
    verifyCommand(verify, kit)
  }
  if (asking.has(args[0] ?? '')) serviceNowCommand(generate)
}

/** Made from a target's rules, not from log types alone. */
function serviceNowCommand(parent: Command): void {
  parent
    .command('servicenow')
    .description('ServiceNow: an update set with staging table and transform maps, made from the rules of a target')
    .requiredOption('-o, --out <folder>', 'folder to write to; made where there is none')
    .option(
      '-c, --config <file>',
      'configuration with the target; ./siembridge.yaml or /etc/siembridge/siembridge.yaml unless given',
    )
    .option('--target <name>', 'the target; the only one of kind servicenow unless given')
    .option('--force', 'overwrite files that were changed by hand or are not ours')
    .option('--json', 'what was written and found, as JSON')
    .action(async (options: ServiceNowGenerateOptions) => {
      const { generateServiceNow } = await import('../commands/generate-servicenow.ts')
      process.exitCode = await generateServiceNow(options)
    })
}

export interface ServiceNowGenerateOptions {
  readonly out: string
  readonly config?: string
  readonly target?: string
  readonly force?: boolean
  readonly json?: boolean
}

function generateCommand(parent: Command, kit: ParserKit): void {
  const command = parent
    .command(kit.name)
    .description(kit.title)
    .requiredOption('-o, --out <folder>', 'folder to write to; made where there is none')
    .option('--type <log-types...>', 'these log types alone; all unless given')
    .option('--force', 'overwrite files that were changed by hand or are not ours')
    .option('--json', 'what was written and found, as JSON')
  for (const option of kit.generateOptions) command.addOption(kitOption(option))
  command.action(async (options: KitOptions & GenerateOptions) => {
    const { generate } = await import('../commands/generate.ts')
    process.exitCode = await generate(kit, options)
  })
}

function verifyCommand(parent: Command, kit: ParserKit): void {
  const command = parent
    .command(kit.name)
    .description(kit.title)
    .argument('<folder>', 'folder of parser files, or one file')
    .option('-i, --input <files...>', 'records; standard input unless given; none: the files alone are looked at')
    .option('--all', 'print records that parsed without a problem too')
    .option('--json', 'one JSON object a record, then the sum')
  for (const option of kit.verifyOptions) command.addOption(kitOption(option))
  command.action(async (folder: string, options: KitOptions & VerifyOptions) => {
    const { verify } = await import('../commands/verify.ts')
    process.exitCode = await verify(kit, folder, options)
  })
}

export interface GenerateOptions {
  readonly out: string
  readonly type?: readonly string[]
  readonly force?: boolean
  readonly json?: boolean
}

export interface VerifyOptions {
  readonly input?: readonly string[]
  readonly all?: boolean
  readonly json?: boolean
}
