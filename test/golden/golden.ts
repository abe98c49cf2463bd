import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { logTypes } from '@siembridge/catalog'
import { createEngine, type Engine, Output } from '@siembridge/engine'
import { samples } from '../samples.ts'

export const goldenFolder = fileURLToPath(new URL('expected/', import.meta.url))

const formats = ['cef', 'leef', 'ecs'] as const

/** Golden files by name: one a log type with what each of its samples gives, and the confusion matrix. */
export async function goldens(): Promise<ReadonlyMap<string, string>> {
  const engines = await Promise.all(formats.map(async (to) => [to, await createEngine({ to, now: () => 0 })] as const))
  const byType = Map.groupBy(samples, (s) => s.type)
  const files = new Map<string, string>()
  for (const [type, list] of byType) {
    const parts = list.map((s) =>
      [`# ${s.name}`, ...engines.map(([to, engine]) => `## ${to}\n${linesOf(engine, s.bytes)}`)].join('\n'),
    )
    files.set(`${type}.txt`, `${parts.join('\n')}\n`)
  }
  files.set('confusion-matrix.txt', matrix(await createEngine({ to: 'cef' })))
  return files
}

function linesOf(engine: Engine, bytes: Buffer): string {
  const out = new Output()
  const { rejected } = engine.record(bytes, out)
  return rejected ? `rejected: ${rejected.reason}` : out.take().toString('utf8').trimEnd()
}

/** Rows are the types that samples were written for, columns what they were taken for. */
function matrix(engine: Engine): string {
  const out = new Output()
  const counts = new Map<string, number>()
  for (const { type, bytes } of samples) {
    const found = engine.record(bytes, out).type ?? '(none)'
    out.take()
    const key = `${type}\t${found}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const rows = logTypes.map((t) => t.id).toSorted()
  return `${rows
    .map(
      (row) =>
        `${row}: ${
          [...counts]
            .filter(([k]) => k.startsWith(`${row}\t`))
            .map(([k, n]) => `${n} as ${k.split('\t')[1] ?? ''}`)
            .join(', ') || 'no sample'
        }`,
    )
    .join('\n')}\n`
}

export async function writeGoldens(): Promise<void> {
  const files = await goldens()
  mkdirSync(goldenFolder, { recursive: true })
  for (const name of readdirSync(goldenFolder)) if (!files.has(name)) rmSync(goldenFolder + name)
  for (const [name, text] of files) writeFileSync(goldenFolder + name, text)
}
