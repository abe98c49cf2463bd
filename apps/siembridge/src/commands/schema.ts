import { exit } from '@siembridge/core'
import { print } from '../sink.ts'

/** `siembridge schema`: the JSON Schema of the configuration; exit status. */
export async function schema(): Promise<number> {
  const [{ configJsonSchema }, { loadKinds }] = await Promise.all([
    import('@siembridge/core/config'),
    import('../agent/kinds.ts'),
  ])
  await print(`${JSON.stringify(configJsonSchema(await loadKinds()), null, 2)}\n`)
  return exit.good
}
