// Builds of the pipeline with one promise broken on purpose: a judge that does not catch them proves nothing.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Pipeline as PipelineClass } from '@siembridge/core/pipeline'

export interface BrokenBuild {
  readonly name: string
  /** What happens if somebody does that. */
  readonly consequence: string
  /** File of the built pipeline, the text there, and what stands in its place. */
  readonly change: readonly [file: string, from: string, to: string]
}

export const brokenBuilds: readonly BrokenBuild[] = [
  {
    name: 'acknowledge before fsync',
    consequence: 'a power cut loses what lanes settled',
    change: ['buffer/writer.js', 'await file.sync();', ''],
  },
  {
    name: 'cursor without fsync',
    consequence: 'a power cut brings back a cursor from long ago',
    change: ['disk/slots.js', 'await file.sync();', ''],
  },
  {
    name: 'unlink before cursor',
    consequence: 'segments are gone that the kept cursor still needs',
    change: [
      'buffer/record-buffer.js',
      'await this.cursors.persist();',
      'this.cursors.kept = { targets: Object.fromEntries(this.cursors.targets), committed: this.cursors.committed };\nawait this.trim();\nawait this.cursors.persist();',
    ],
  },
  {
    name: 'position before the buffer is durable',
    consequence: 'the source goes on behind records that nobody has',
    change: ['lanes/lane-run.js', 'await first.durable;', ''],
  },
  {
    name: 'dedupe marked before settlement',
    consequence: 'what was marked and not kept is taken for seen',
    change: [
      'lanes/lane-run.js',
      'await first.durable;',
      'await this.state.settle([{ ...first.entry, routes: [], position: first.entry.from, total: first.entry.before }], this.context.minute(), this.context.delivered);\nawait first.durable;',
    ],
  },
  {
    name: 'what buffers hold is not told to lanes at a start',
    consequence: 'records that were appended and not settled are appended again',
    change: ['pipeline/recovery.js', 'await adoptTails(options, opened, reports, minute);', ''],
  },
  {
    name: 'lost segments are passed over in silence',
    consequence: 'a damaged file is a hole that nobody fills',
    change: ['pipeline/recovery.js', 'await takeBack(options, opened, reports);', ''],
  },
  {
    name: 'no checksum',
    consequence: 'what is torn or damaged goes out as an event',
    change: [
      'disk/checked.js',
      'return crc32(payload, length) === bytes.readUInt32LE(at + 8) ? { at, end, payload } : undefined;',
      'return { at, end, payload };',
    ],
  },
  {
    name: 'the same file after a failed fsync',
    consequence: 'pages that the kernel dropped are believed to be there',
    change: [
      'buffer/writer.js',
      'this.options.trouble(message);\n        await this.closeFile();',
      'this.options.trouble(message);\n        const last = this.segments.at(-1);\n        const first = this.queue[0];\n        if (this.file && last && first && message.includes("EIO")) {\n            last.size += this.nextGroup().reduce((sum, one) => sum + one.entry.length, 0);\n            last.end = this.nextGroup().at(-1).end;\n            for (const one of this.queue.splice(0, this.nextGroup().length)) one.resolve();\n            return;\n        }\n        await this.closeFile();',
    ],
  },
  {
    name: 'no answer counts as delivered',
    consequence: 'what a receiver may not have got is never sent again',
    change: ['delivery/flight.js', "receipt?.all !== 'delivered'", "receipt?.all === 'never'"],
  },
  {
    name: 'no window',
    consequence: 'a crash brings back more than was stated',
    change: ['delivery/worker.js', 'return sent === 0 || sent + bytes <= this.options.window;', 'return true;'],
  },
  {
    name: 'seen keys forgotten at a start',
    consequence: 'the overlap after a restart goes out again',
    change: ['lanes/lane-state.js', 'if (at > named)\n                state.remember(entry);', ''],
  },
  {
    name: 'what a parked route misses is not noted',
    consequence: 'it is collected again and taken for something that everybody has',
    change: ['lanes/intake.js', 'if (mask !== 0)', 'if (false)'],
  },
  {
    name: 'a parked route is forgotten at a start',
    consequence: 'nobody comes back for what it missed',
    change: [
      'lanes/lane-state.js',
      'entries.findLast((entry) => entry.parking)?.parking ?? spare?.parking ?? noParking',
      'noParking',
    ],
  },
]

/** Loads a broken build. `close` removes it. Throws where the text to change is not there once: then the list is out of date. */
export async function loadBroken({ name, change: [file, from, to] }: BrokenBuild): Promise<{
  Pipeline: typeof PipelineClass
  readonly close: () => void
}> {
  const built = fileURLToPath(new URL('.', import.meta.resolve('@siembridge/core')))
  const folder = mkdtempSync(join(built, '..', '.broken-'))
  cpSync(built, join(folder, 'dist'), { recursive: true })
  const path = join(folder, 'dist', file)
  const text = readFileSync(path, 'utf8')
  if (text.split(from).length !== 2)
    throw new Error(`${name}: the text to change stands ${text.split(from).length - 1} times in ${file}`)
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
  const { Pipeline } = (await import(pathToFileURL(join(folder, 'dist', 'pipeline/index.js')).href)) as {
    Pipeline: typeof PipelineClass
  }
  return { Pipeline, close: () => rmSync(folder, { recursive: true, force: true }) }
}
