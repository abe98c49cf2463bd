import { parentPort, workerData } from 'node:worker_threads'
import { createRenderer, type Rendered, type TargetDescription } from './judge/index.ts'

/** Renders records on a thread of its own: records by hash in, lines by hash out. */
const { targets, tenant } = workerData as { targets: readonly TargetDescription[]; tenant: string }
const render = createRenderer(targets, tenant)

async function answer(records: readonly (readonly [hash: string, record: string])[]): Promise<void> {
  const linesOf = await render
  const rendered = records.map(([hash, record]): [string, Rendered] => [hash, linesOf(Buffer.from(record))])
  parentPort?.postMessage(rendered, [])
}

parentPort?.on('message', (records: Parameters<typeof answer>[0]) => void answer(records))
