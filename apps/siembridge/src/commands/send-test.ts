import { exit, SiembridgeError } from '@siembridge/core'
import { askOrDo } from '../agent/ask-or-do.ts'
import type { Tested } from '../agent/send-test.ts'
import { print } from '../sink.ts'
import { findingText } from '../terminal/findings.ts'
import type { StateOptions } from './status.ts'

/** `siembridge send-test`: 0 where every target took the event, 1 otherwise. */
export async function sendTestCommand(
  target: string | undefined,
  { config, json }: StateOptions,
  version: string,
): Promise<number> {
  const request = { ask: 'send-test', ...(target !== undefined && { target }) }
  const tested = (await askOrDo({ config, version, request, progress: () => undefined })) as Tested[]
  if (target !== undefined && tested.length === 0) throw new SiembridgeError('TargetUnknown', target)
  if (json) await print(`${JSON.stringify(tested)}\n`)
  else
    for (const { target: name, good, says } of tested)
      await print(findingText({ subject: name, is: good ? 'good' : 'bad', says }))
  return tested.every(({ good }) => good) ? exit.good : exit.no
}
