import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mixed } from '../bench/workloads.ts'
import { createEngine, type Engine, type EngineOptions, Output } from '@siembridge/engine'

const catalog = fileURLToPath(new URL('../../packages/catalog/log-types', import.meta.url))

export interface Sample {
  readonly name: string
  readonly bytes: Buffer
}

/** Samples of a service, or of all of them. */
export const samples = (service = ''): Sample[] =>
  readdirSync(catalog, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.startsWith(service) && /[\\/]samples[\\/][^\\/]+\.json$/.test(path))
    .toSorted()
    .map((path) => ({ name: path, bytes: readFileSync(join(catalog, path)) }))

/** Records of the benchmark that belong to a service. */
export async function workload(service: string, count = 300): Promise<Buffer[]> {
  const engine = await createEngine({ to: 'flat' })
  return mixed(count).filter((bytes) => engine.record(bytes, new Output(1 << 16)).type?.startsWith(`${service}.`))
}

/** The two engines, and what they are asked for. */
export interface Pair {
  readonly name: string
  readonly generated: Engine
  readonly reference: Engine
}

export const prefix = (severity: string, timeMs: number | undefined, type: string): string =>
  `<${severity}> ${timeMs ?? '-'} ${type} ä `
export const filter =
  "severity >= low and not source.ip in 203.0.113.0/25 and (user.name exists or type like 'azure*' or not event.outcome == failure or related.user contains a or time < 2026-06-01 or signature startswith entra or tenant != x)"

export async function pairOf(name: string, options: EngineOptions): Promise<Pair> {
  const common = { now: () => 1_790_000_000_000, ...options }
  return {
    name,
    generated: await createEngine(common),
    reference: await createEngine({ ...common, engine: 'reference' }),
  }
}

const outputs = [new Output(), new Output()] as const

function run(engine: Engine, bytes: Buffer, out: Output, strict: boolean): { outcome: string; lines: Buffer } {
  const outcome = engine.record(bytes, out, strict)
  return {
    outcome: JSON.stringify(Object.entries(outcome).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    lines: out.take(),
  }
}

/** What the engines disagree about, for a person to read; undefined where they agree. */
export function disagreement(pair: Pair, bytes: Buffer, strict = false): string | undefined {
  const a = run(pair.generated, bytes, outputs[0], strict)
  const b = run(pair.reference, bytes, outputs[1], strict)
  if (a.outcome === b.outcome && a.lines.equals(b.lines) && !pair.generated.fallbacks.has('fault')) return undefined
  const at = [...a.lines].findIndex((byte, i) => byte !== b.lines[i])
  const part = (lines: Buffer): string => lines.toString('latin1').slice(Math.max(0, at - 120), Math.max(0, at) + 160)
  const faults = pair.generated.fallbacks.get('fault') ?? 0
  return [
    `${pair.name}: ${faults} faults; at byte ${at}`,
    `generated: ${a.outcome} ${part(a.lines)}`,
    `reference: ${b.outcome} ${part(b.lines)}`,
    `record: ${bytes.toString('latin1').slice(0, 3000)}`,
  ].join('\n')
}
