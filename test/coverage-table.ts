// Prints what becomes of each leaf of a record in the `ecs` output: `node test/coverage-table.ts [folder]`, where the folder holds
// *.ndjson files; the samples of the catalog unless told. Exit status 1 where a record is not recognised, has a wrong time, or
// has less than 90 % of its leaves in the fields of its events.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { samples } from './samples.ts'
import { measure, type Measured } from './coverage/measure.ts'

const least = 0.9

interface Source {
  readonly file: string
  readonly name: string
  readonly bytes: Buffer
}

function sources(folder: string | undefined): Source[] {
  if (folder === undefined)
    return samples.map((s) => ({ file: 'catalog', name: `${s.type}/${s.name}`, bytes: s.bytes }))
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ndjson'))
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .map((line, i) => ({ file, name: `${file}:${i + 1}`, bytes: Buffer.from(line) }))
        .filter(({ bytes }) => bytes.length > 0),
    )
}

const measured = sources(process.argv[2]).map(({ file, name, bytes }) => ({ file, ...measure(name, bytes) }))
const share = (found: number, all: number): number => (all === 0 ? 1 : found / all)
const percent = (found: number, all: number): string => `${(100 * share(found, all)).toFixed(1)} %`
const sum = (list: readonly Measured[], key: 'leaves' | 'named' | 'any'): number =>
  list.reduce((total, m) => total + m[key], 0)
const print = (text: string): void => void process.stdout.write(`${text}\n`)

const head = ['file', 'type', 'records', 'time right', 'leaves', 'in named fields', 'in any field', 'lowest']
const rows = [...Map.groupBy(measured, (m) => `${m.file}\t${m.type ?? '(rejected)'}`)].map(([key, list]) => {
  const [file = '', type = ''] = key.split('\t')
  const lowest = Math.min(...list.map((m) => share(m.any, m.leaves)))
  const leaves = sum(list, 'leaves')
  return [
    file,
    type,
    list.length,
    list.filter((m) => m.timeRight).length,
    leaves,
    percent(sum(list, 'named'), leaves),
    percent(sum(list, 'any'), leaves),
    percent(lowest, 1),
  ].map(String)
})
const all = sum(measured, 'leaves')
rows.push([
  'all',
  '',
  String(measured.length),
  String(measured.filter((m) => m.timeRight).length),
  String(all),
  percent(sum(measured, 'named'), all),
  percent(sum(measured, 'any'), all),
  '',
])
const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)))
for (const row of [head, ...rows])
  print(
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )

print('\nLowest records:')
for (const m of measured.toSorted((a, b) => share(a.any, a.leaves) - share(b.any, b.leaves)).slice(0, 10)) {
  print(
    `  ${percent(m.any, m.leaves).padStart(7)}  ${m.name}${
      m.missing.length === 0
        ? ''
        : `: without ${m.missing
            .slice(0, 5)
            .map((leaf) => `${leaf.path} (${leaf.value.slice(0, 40)})`)
            .join(', ')}`
    }`,
  )
}

const generic = measured.filter((m) => m.generic !== undefined)
if (generic.length > 0) print('\nOf a generic type:')
for (const m of generic) print(`  ${m.name}: ${m.type ?? ''}, ${m.generic ?? ''}`)

const bad = measured.filter((m) => m.type === undefined || !m.timeRight || share(m.any, m.leaves) < least)
if (bad.length > 0) print('\nNot as it should be:')
for (const m of bad)
  print(
    `  ${m.name}: ${m.type === undefined ? 'not recognised' : m.timeRight ? `${percent(m.any, m.leaves)} of its leaves` : 'wrong time'}`,
  )
process.exitCode = bad.length > 0 ? 1 : 0
