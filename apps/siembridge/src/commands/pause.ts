import { exit } from '@siembridge/core'
import { stateFor } from '../agent/config-file.ts'
import { ask } from '../control/client.ts'
import { print } from '../sink.ts'

/** `siembridge pause` and `siembridge resume`: exit status. */
export async function pauseTarget(
  what: 'pause' | 'resume',
  target: string,
  { config }: { readonly config?: string },
): Promise<number> {
  const said = await ask(await stateFor(config), { ask: what, target })
  await print(`${String(said)}\n`)
  return exit.good
}
