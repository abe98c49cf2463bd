import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { OutputFile, ParsedEvent, Verifier } from '@siembridge/core'
import { nativeLine, type Plan, qradarKit } from '@siembridge/qradar'
import { samples } from '../samples.ts'

export const qradarFolder = fileURLToPath(new URL('qradar/', import.meta.url))

const ways = ['leef', 'lsx-flat', 'lsx-raw-plus', 'native'] as const

/**
 * One file a log type: its extensions over every form, the rows of its plans, what each of its samples becomes in every way
 * (without the custom properties, whose values the other golden files hold), and the native payload of the first.
 */
export function qradarGoldens(): ReadonlyMap<string, string> {
  const types = Map.groupBy(samples, ({ type }) => type)
  return new Map([...types].map(([type, list]) => [`${type}.txt`, goldenOf(type, list)]))
}

function goldenOf(type: string, list: readonly { readonly name: string; readonly bytes: Buffer }[]): string {
  const { files } = qradarKit.generate([type], {})
  const extensions = files
    .filter(({ path }) => path.endsWith('.xml'))
    .map(({ path, content }) => `# ${path}\n${String(content)}`)
  const plans = (['leef', 'lsx-flat', 'native'] as const).map(
    (way) => `# ${way}/apply-plan.json\n${planRows(files, way)}`,
  )
  const verifiers = ways.map((way) => {
    const own = files.filter(({ path }) => path.startsWith(`${way}/`))
    return [way, qradarKit.verify(own, { maxPayload: '0' })] as const
  })
  return [
    ...extensions,
    ...plans,
    ...list.map(
      (sample, at) =>
        `# ${sample.name}\n${sampleText(sample.bytes, verifiers)}${at === 0 ? payloadOf(sample.bytes) : ''}`,
    ),
  ].join('')
}

/** One line a QID record, with what is looked up to come to it. */
function planRows(files: readonly OutputFile[], way: string): string {
  const file = files.find(({ path }) => path === `${way}/apply-plan.json`)
  const plan = JSON.parse(String(file?.content)) as Plan
  const keys = Map.groupBy(plan.eventMappings, ({ qid }) => qid)
  return plan.qidRecords
    .map(({ key, name, severity, categories }) => {
      const mapped = (keys.get(key) ?? []).map(({ eventId, category }) => `${eventId} / ${category}`)
      return `${name} | ${severity} | ${categories[0]} | ${mapped.join('; ')}\n`
    })
    .join('')
}

function sampleText(bytes: Buffer, verifiers: readonly (readonly [string, Verifier])[]): string {
  const results = verifiers.flatMap(([way, verifier]) =>
    verifier.record(bytes).map((event) => `${way}: ${eventText(event)}\n`),
  )
  return results.join('')
}

function payloadOf(bytes: Buffer): string {
  const payload = nativeLine(bytes, { activity: 'json', maxMessage: 0, now: () => 0 })
  return 'line' in payload ? `${payload.line}\n` : ''
}

const eventText = ({ is, fields }: ParsedEvent): string =>
  [
    is,
    ...Object.entries(fields)
      .filter(([name]) => !name.startsWith('SB '))
      .map(([name, value]) => `${name}=${value}`),
  ].join(' | ')

export function writeQradarGoldens(): void {
  const files = qradarGoldens()
  mkdirSync(qradarFolder, { recursive: true })
  for (const name of readdirSync(qradarFolder)) if (!files.has(name)) rmSync(qradarFolder + name)
  for (const [name, text] of files) writeFileSync(qradarFolder + name, text)
}
