// `npm run bench:start [-- --json] [--node PATH] [--runs N]`: how long `siembridge convert` of one record takes from start to end,
// as a ratio to `node -e 0`: with Node's compile cache filled, and without it. Interleaved runs, medians.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { command, sampleLine } from '../cli/run.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    node: { type: 'string', default: process.execPath },
    runs: { type: 'string', default: '31' },
  },
})
const runs = Number(options.runs)

interface Time {
  readonly wall: number
  /** User and system, of the whole process. */
  readonly cpu: number
}

const folder = mkdtempSync(join(tmpdir(), 'siembridge-start-'))
const record = join(folder, 'record.json')
const cache = join(folder, 'cache')

const convert = [command, 'convert', '--to', 'cef', '--quiet']
const programs = {
  'node -e 0': { args: ['-e', '0'], env: {} },
  'convert, compile cache filled': { args: convert, env: { NODE_COMPILE_CACHE: cache } },
  'convert, no compile cache': { args: convert, env: { NODE_DISABLE_COMPILE_CACHE: '1' } },
}
const names = Object.keys(programs) as (keyof typeof programs)[]

/** Milliseconds, by the shell: it knows what its children used. */
function timed(name: keyof typeof programs): Time {
  const { args, env } = programs[name]
  const script = 'TIMEFORMAT="%3R %3U %3S"; time "$@" < "$0" > "$0.out"'
  const { status, stderr } = spawnSync('bash', ['-c', script, record, options.node, ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', ...env },
  })
  const [wall = NaN, user = NaN, system = NaN] = (stderr.trim().split('\n').pop() ?? '').split(' ').map(Number)
  if (status !== 0 || Number.isNaN(system)) throw new Error(`${name} failed: ${stderr}`)
  return { wall: wall * 1000, cpu: (user + system) * 1000 }
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number

function measure(): Record<string, readonly Time[]> {
  writeFileSync(record, `${sampleLine('entra.sign-in', 'graph-failure-at-risk')}\n`)
  // Twice, for the first run fills the cache.
  for (const name of [...names, ...names]) timed(name)
  const times: Record<string, Time[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let run = 0; run < runs; run++) for (const name of names) times[name]?.push(timed(name))
  return times
}

try {
  const rows = Object.entries(measure()).map(([name, times]) => ({
    name,
    wall: median(times.map((t) => t.wall)),
    cpu: median(times.map((t) => t.cpu)),
  }))
  const [base = { wall: NaN, cpu: NaN }] = rows
  const results = rows.map((row) => ({ ...row, wallRatio: row.wall / base.wall, cpuRatio: row.cpu / base.cpu }))
  const node = spawnSync(options.node, ['--version'], { encoding: 'utf8' }).stdout.trim()
  if (options.json) process.stdout.write(`${JSON.stringify({ node, runs, results }, null, 2)}\n`)
  else {
    process.stdout.write(`Node ${node}, ${runs} interleaved runs; milliseconds (medians) and ratio to node -e 0\n`)
    for (const { name, wall, cpu, wallRatio, cpuRatio } of results)
      process.stdout.write(
        `  ${name.padEnd(30)} wall ${wall.toFixed(0)} (${wallRatio.toFixed(2)})  CPU ${cpu.toFixed(0)} (${cpuRatio.toFixed(2)})\n`,
      )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
