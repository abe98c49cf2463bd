// Every numbered edge case of the sources (packages/microsoft/cases.json) and every trap of ServiceNow (packages/servicenow/traps.json) has a
// test that names it, or says who answers for it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

interface Case {
  readonly id: string
  readonly case: string
  readonly tests?: readonly (readonly [file: string, beginning: string])[]
  readonly covered?: string
}

const root = fileURLToPath(new URL('..', import.meta.url))
const cases = ['packages/microsoft/cases.json', 'packages/servicenow/traps.json'].flatMap(
  (file) => (JSON.parse(readFileSync(join(root, file), 'utf8')) as { cases: readonly Case[] }).cases,
)
/** Graph 1 to 25, and of the Office 365 and Azure list 1 to 14. */
const wanted = [
  ...Array.from({ length: 25 }, (_, i) => `graph-11.${String(i + 1).padStart(2, '0')}`),
  ...Array.from({ length: 14 }, (_, i) => `azure-10.${i + 1}`),
  'azure-1.11',
]

function* problemsOf({ id, tests, covered }: Case): Generator<string> {
  if ((tests?.length ?? 0) === 0 && !covered) yield `${id}: neither a test nor a word on who answers for it`
  for (const [file, beginning] of tests ?? []) {
    if (!existsSync(join(root, file))) yield `${id}: there is no file ${file}`
    else if (!readFileSync(join(root, file), 'utf8').includes(beginning))
      yield `${id}: ${file} has no test "${beginning}…"`
  }
}

const missing = wanted.filter(
  (id) => !cases.some((c) => c.id === id || c.id.startsWith(`${id}.`) || new RegExp(`^${id}[a-z]`).test(c.id)),
)
const problems = [...missing.map((id) => `${id}: not in the table`), ...cases.flatMap((one) => [...problemsOf(one)])]
for (const problem of problems) process.stderr.write(`cases: ${problem}\n`)
const tested = cases.filter((c) => (c.tests?.length ?? 0) > 0).length
if (problems.length > 0) process.exitCode = 1
else
  process.stdout.write(
    `cases: ${cases.length}, ${tested} with tests that name them, ${cases.length - tested} answered elsewhere\n`,
  )
