import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logTypes } from '@siembridge/catalog'
import type { OutputFile, ParsedEvent } from '@siembridge/core'
import { dashboardFiles } from '@siembridge/splunk/dashboards'
import { splunkKit } from '@siembridge/splunk/knowledge'
import { samples } from '../samples.ts'

export const goldenFolder = fileURLToPath(new URL('expected/', import.meta.url))

/** The app that `siembridge generate splunk` writes for every log type. */
export const generated: readonly OutputFile[] = splunkKit.generate(
  logTypes.map(({ id }) => id),
  {},
).files

/** What the app makes of every sample, by log type. */
export const sampleEvents = (): ReadonlyMap<string, readonly { name: string; events: readonly ParsedEvent[] }[]> => {
  const verifier = splunkKit.verify(generated, {})
  const rows = samples.map(({ type, name, bytes }) => ({ type, name, events: verifier.record(bytes) }))
  return Map.groupBy(rows, ({ type }) => type)
}

/** Golden files by name: the knowledge objects themselves, and one a log type with the CIM fields of each sample. */
export function goldens(): ReadonlyMap<string, string> {
  const files = new Map(
    generated
      .filter(({ path }) => /\.(?:conf|csv)$/.test(path))
      .map(({ path, content }) => [path.split('/').at(-1) as string, Buffer.from(content).toString('utf8')]),
  )
  for (const [path, text] of dashboardFiles) files.set(path.split('/').at(-1) as string, text)
  for (const [type, rows] of sampleEvents())
    files.set(
      `${type}.txt`,
      rows.map(({ name, events }) => `# ${name}\n${events.map(eventText).join('\n')}`).join('\n'),
    )
  return files
}

const eventText = ({ fields, problems }: ParsedEvent): string =>
  [
    ...Object.entries(fields).map(([name, value]) => `${name}=${value}\n`),
    ...problems.map(({ field, is, reason }) => `! ${field} ${is}: ${reason ?? ''}\n`),
  ].join('')

export function writeSplunkGoldens(): void {
  const files = goldens()
  mkdirSync(goldenFolder, { recursive: true })
  for (const name of readdirSync(goldenFolder)) if (!files.has(name)) rmSync(join(goldenFolder, name))
  for (const [name, text] of files) writeFileSync(join(goldenFolder, name), text)
}
