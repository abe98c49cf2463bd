// `npm run bench [-- --json]`: CPU seconds per million events of (a) JSON.parse of every line and nothing else, and (b) bytes to
// recognised, filtered CEF bytes in memory; and rsyslog and syslog-ng over the same file where they are installed.
import { createEngine, Output } from '@siembridge/engine'
import { largeSignIns, mixed } from './workloads.ts'
import { peers, type PeerResult } from './peers.ts'

const rounds = 5
const warmUp = 4
const filter = 'severity >= informational and not source.ip in 198.51.100.0/24'

interface Result {
  readonly workload: string
  readonly events: number
  readonly meanBytes: number
  readonly meanCefBytes: number
  readonly meanCefFields: number
  readonly fallbacks: number
  /** CPU seconds per million events, median of the rounds, and each round. */
  readonly jsonParse: Figure
  readonly bridge: Figure
  /** Rate of the bridge as a share of the rate of JSON.parse, in the same round: median and each. */
  readonly share: Figure
}

interface Figure {
  readonly median: number
  readonly rounds: readonly number[]
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
const figure = (values: readonly number[]): Figure => ({ median: median(values), rounds: values })

function cpuSeconds(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

function parseAll(lines: readonly Buffer[]): void {
  for (const line of lines) JSON.parse(line.toString('utf8'))
}

async function measure(workload: string, lines: readonly Buffer[]): Promise<Result> {
  const engine = await createEngine({ to: 'cef', filter })
  const out = new Output()
  let bytes = 0
  let fields = 0
  const convertAll = (): void => {
    bytes = 0
    for (const line of lines) {
      engine.record(line, out)
      if (out.size > 1 << 18) bytes += out.take().length
    }
    bytes += out.take().length
  }
  for (const line of lines) {
    engine.record(line, out)
    fields +=
      out
        .take()
        .toString('latin1')
        .split(/(?<= |\|)[A-Za-z0-9]+(?<!Label)=/).length - 1
  }
  // Until both are compiled: a bridge runs for months.
  for (let round = 0; round < warmUp; round++) {
    parseAll(lines)
    convertAll()
  }
  const perMillion = (seconds: number): number => (seconds / lines.length) * 1e6
  const parse: number[] = []
  const bridge: number[] = []
  for (let round = 0; round < rounds; round++) {
    parse.push(perMillion(cpuSeconds(() => parseAll(lines))))
    bridge.push(perMillion(cpuSeconds(convertAll)))
  }
  return {
    workload,
    events: lines.length,
    meanBytes: Math.round(lines.reduce((sum, l) => sum + l.length, 0) / lines.length),
    meanCefBytes: Math.round(bytes / lines.length),
    meanCefFields: Math.round((fields / lines.length) * 10) / 10,
    fallbacks: [...engine.fallbacks.values()].reduce((a, b) => a + b, 0),
    jsonParse: figure(parse),
    bridge: figure(bridge),
    share: figure(parse.map((p, i) => p / (bridge[i] as number))),
  }
}

const w1 = mixed(27_000)
const results = [await measure('W1', w1), await measure('W2', largeSignIns(4_200))]
const others: readonly PeerResult[] = await peers(w1)

if (process.argv.includes('--json')) {
  process.stdout.write(
    `${JSON.stringify({ node: process.version, filter, rounds, results, peers: others }, null, 2)}\n`,
  )
} else {
  const n = (value: number, digits = 2): string => value.toFixed(digits)
  process.stdout.write(
    `Node ${process.version}, ${rounds} interleaved rounds, one thread; CPU seconds per million events (median, lowest to highest)\n`,
  )
  for (const r of results) {
    const span = (f: Figure): string => `${n(f.median)} (${n(Math.min(...f.rounds))} to ${n(Math.max(...f.rounds))})`
    process.stdout.write(
      `\n${r.workload}: ${r.events} events of ${r.meanBytes} bytes on average; CEF of ${r.meanCefBytes} bytes with ${r.meanCefFields} fields; ${r.fallbacks} fallbacks\n` +
        `  (a) JSON.parse of every line          ${span(r.jsonParse)}\n` +
        `  (b) bytes to recognised, filtered CEF ${span(r.bridge)}\n` +
        `  rate of (b) as a share of (a)         ${span(r.share)}\n`,
    )
  }
  for (const p of others) process.stdout.write(`\n${p.name}: ${p.text}\n`)
}
