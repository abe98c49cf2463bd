import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Clock, type Logger, SiembridgeError } from '@siembridge/core'
import { type Disk, DocumentDisk, nodeDisk, replaceFile } from '@siembridge/core/pipeline'
import { KvDocuments, type ServerFacts, type Splunkd } from '@siembridge/splunk/modular-input'
import { collections } from '../about.ts'
import { lacksKvStore } from './kv-store.ts'

/** Form of the state that this program reads and writes. */
export const stateForm = 1

/** Where an input keeps what it knows. */
export interface InputState {
  readonly disk: Disk
  readonly directory: string
  /** Where a first start begins, milliseconds since 1970: as it was told then. */
  readonly sinceMs: number
}

export interface StateOptions {
  readonly splunkd: Splunkd
  readonly server: ServerFacts
  readonly stanza: string
  /** GUID: positions in one tenant say nothing of another. */
  readonly tenantId: string
  readonly sinceMs: number
  readonly clock: Clock
  readonly log: Logger
  readonly signal: AbortSignal
}

const retryMs = [1000, 5000, 15_000, 60_000] as const

/**
 * The state of an input: in Splunk's KV store, or in the checkpoint directory where Splunk has no such store. A store that does not
 * answer is waited for, and told of. Throws SiembridgeError `StateNewer`, or the signal's reason.
 */
export async function openState(options: StateOptions): Promise<InputState> {
  const { clock, log, signal, stanza } = options
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted()
    try {
      const opened = await open(options)
      if (failures > 0) log.info(`${stanza}: the KV store answers again`)
      return opened
    } catch (error) {
      if (error instanceof SiembridgeError) throw error
      const waitMs = retryMs[Math.min(failures, retryMs.length - 1)] as number
      log.error(
        `${stanza}: the KV store cannot be read: ${(error as Error).message}; nothing is lost, collecting waits, it is asked again in ${waitMs / 1000} s`,
      )
      await clock.sleep(waitMs, signal)
    }
  }
}

async function open(options: StateOptions): Promise<InputState> {
  const { splunkd, stanza, tenantId, sinceMs } = options
  const tag = createHash('sha256').update(stanza).digest('hex').slice(0, 24)
  const folder = join(options.server.checkpointDir, tag)
  const inFiles = existsSync(folder) || (await lacksKvStore(splunkd))
  const disk = inFiles ? nodeDisk : await DocumentDisk.load(new KvDocuments(splunkd, collections.state, tag))
  const directory = `${inFiles ? folder : 'state'}/${tenantId}`
  return { disk, directory, sinceMs: await begun(disk, directory, sinceMs, stanza) }
}

async function begun(disk: Disk, directory: string, sinceMs: number, stanza: string): Promise<number> {
  await disk.makeFolder(directory)
  const bytes = await disk.read(`${directory}/state.json`)
  if (bytes) {
    const { form, sinceMs: told } = JSON.parse(bytes.toString('utf8')) as { form: number; sinceMs: number }
    if (form > stateForm)
      throw new SiembridgeError('StateNewer', `of ${stanza}`, `form ${form}; this version knows up to ${stateForm}`)
    return told
  }
  await replaceFile(disk, directory, 'state.json', Buffer.from(JSON.stringify({ form: stateForm, sinceMs })))
  return sinceMs
}
