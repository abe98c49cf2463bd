import type { ApplyKit, KitOptions } from '@siembridge/core'
import type { Command } from 'commander'
import { kitOption } from '../parsers/kit-option.ts'
import { applyKits } from './kits.ts'

/** Commands whose options can only be told once the kits are loaded. */
const asking = new Set(['apply', 'completion', 'help'])

export interface ApplyOptions {
  readonly config?: string
  readonly dryRun?: boolean
  readonly all?: boolean
  readonly json?: boolean
}

/** Registers `apply`, with a sub-command for each target. */
export async function applyCommand(root: Command, args: readonly string[]): Promise<void> {
  const loaders = asking.has(args[0] ?? '') ? Object.values(applyKits) : []
  const parent = root
    .command('apply')
    .description('set a target up over its own API; shows what differs first, deletes nothing')
  for (const kit of await Promise.all(loaders.map((load) => load()))) subCommand(parent, kit)
}

function subCommand(parent: Command, kit: ApplyKit): void {
  const command = parent
    .command(kit.name)
    .description(kit.title)
    .argument('<folder>', 'folder that `generate` wrote, or a plan of it')
    .option('--dry-run', 'show what differs, and stop')
    .option('-c, --config <file>', 'configuration whose key vault is asked; only for keyvault: references')
    .option('--all', 'show every difference; the first twenty of a kind unless given')
    .option('--json', 'one JSON object a line: each difference, each change that is done, the sum')
  for (const option of kit.options) command.addOption(kitOption(option))
  command.action(async (folder: string, options: KitOptions & ApplyOptions) => {
    const { apply } = await import('../commands/apply.ts')
    process.exitCode = await apply(kit, folder, options)
  })
}
