// npm run soak: the real agent for 20 minutes (MINUTES=5 npm run soak for less), something going wrong every ten seconds. Heap, file
// handles and sockets of the agent must stay flat, and every record must have arrived in the end.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  contentTypes,
  defaultClientId,
  defaultHecToken,
  defaultSecret,
  defaultTenantId,
  startCloud,
  startReceivers,
  streamNames,
} from '@siembridge/simulator'
import { soakConfiguration } from './support/soak-configuration.ts'
import { soakFaults } from './support/soak-faults.ts'

const minutes = Number(process.env['MINUTES'] ?? 20)
const folder = mkdtempSync(join(tmpdir(), 'siembridge-soak-'))
const command = fileURLToPath(new URL('../../apps/siembridge/bin/siembridge.js', import.meta.url))

interface Sample {
  readonly rssMiB: number
  readonly files: number
  readonly sockets: number
}

const receivers = await startReceivers({
  directory: join(folder, 'receivers'),
  receivers: [
    { name: 'splunk', kind: 'hec', tls: true, tokens: [defaultHecToken] },
    { name: 'tcp', kind: 'tcp' },
    { name: 'relp', kind: 'relp' },
  ],
})
const cloud = await startCloud({
  seed: process.env['SEED'] ?? '1',
  directory: join(folder, 'cloud'),
  clock: { start: new Date(Date.now() - 600_000).toISOString(), speed: 5 },
  tenants: [
    {
      id: defaultTenantId,
      subscriptions: contentTypes,
      streams: streamNames.map((stream) => ({ stream, total: 100_000, history: '10m', perMinute: 12 })),
    },
  ],
  activity: { blobEvery: '30s' },
})
const config = join(folder, 'siembridge.yaml')
writeFileSync(config, soakConfiguration(cloud, receivers, { tenant: defaultTenantId, client: defaultClientId }))
const agent = startAgent()
const samples: Sample[] = []
const told: string[] = []
const until = Date.now() + minutes * 60_000
for (let turn = 0; Date.now() < until; turn++) {
  const fault = soakFaults[turn % soakFaults.length]
  told.push(await (fault?.(cloud, receivers) ?? 'none'))
  for (let second = 0; second < 10 && Date.now() < until; second++) {
    await rest(1000)
    samples.push(sampleOf(agent))
  }
  if (turn % 6 === 5)
    process.stderr.write(
      `soak: ${Math.round((turn + 1) / 6)} of ${minutes} minutes, ${JSON.stringify(samples.at(-1))}\n`,
    )
}
await cloud.removeFault()
for (const name of ['splunk', 'tcp', 'relp']) await receivers.setFault(name, undefined)
await cloud.quiet()
const missing = await untilAllArrived()
agent.kill('SIGTERM')
const [status] = (await once(agent, 'exit')) as [number | null]
report()
await Promise.all([cloud.stop(), receivers.stop()])
rmSync(folder, { recursive: true, force: true })

function startAgent(): ChildProcess {
  const log = openSync(join(folder, 'agent.log'), 'a')
  const env = { ...process.env, SOAK_SECRET: defaultSecret, SOAK_HEC: defaultHecToken.token }
  return spawn(process.execPath, [command, 'run', '--config', config], { stdio: ['ignore', log, log], env })
}

/** What Linux tells of the process. */
function sampleOf({ pid, exitCode }: ChildProcess): Sample {
  if (exitCode !== null) throw new Error(`the agent ended with status ${exitCode}; ${folder}/agent.log tells why`)
  const rss = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  const open = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)]
    } catch {
      return []
    }
  })
  const sockets = open.filter((name) => name.startsWith('socket:')).length
  return { rssMiB: Math.round(rss / 1024), files: open.length - sockets, sockets }
}

/** Records that are due and were not received whole; five minutes are enough for what waits. */
async function untilAllArrived(): Promise<number> {
  let missed = -1
  for (let turn = 0; turn < 60 && missed !== 0; turn++) {
    await rest(5000)
    const arrived = new Set((await receivers.received('splunk')).map(({ text }) => digestOf(text ?? '')))
    const rows = await cloud.ledger()
    // What was overwritten at the source before it was read again, or changed in silence, is the demo's to judge.
    const due = rows.filter((row) => row.state === 'due' && row.overwrittenAt === undefined && !row.silent)
    missed = due.filter(({ sha256, otherSha256 }) => ![sha256, ...otherSha256].some((hash) => arrived.has(hash))).length
  }
  return missed
}

/** Hash of the record inside an envelope: it stands there as it came. */
function digestOf(envelope: string): string {
  const from = envelope.indexOf('"event":') + '"event":'.length
  return createHash('sha256')
    .update(envelope.slice(from, envelope.lastIndexOf(',"fields":')))
    .digest('hex')
}

function most(part: readonly Sample[], of: keyof Sample): number {
  return Math.max(...part.map((s) => s[of]))
}

function report(): void {
  // The first fifth fills caches and buffers; the last fifth must need no more than the second did, and a little.
  const fifth = Math.max(1, Math.floor(samples.length / 5))
  const early = samples.slice(fifth, 2 * fifth)
  const late = samples.slice(-fifth)
  const flat = {
    rssMiB: [most(early, 'rssMiB'), most(late, 'rssMiB')],
    files: [most(early, 'files'), most(late, 'files')],
    sockets: [most(early, 'sockets'), most(late, 'sockets')],
  } as const
  const ok =
    missing === 0 &&
    status === 0 &&
    flat.rssMiB[1] <= flat.rssMiB[0] * 1.25 + 16 &&
    flat.files[1] <= flat.files[0] + 8 &&
    flat.sockets[1] <= flat.sockets[0] + 8
  process.stdout.write(
    `${JSON.stringify({ ok, minutes, faults: told.length, missing, exitStatus: status, ...flat })}\n`,
  )
  process.exitCode = ok ? 0 : 1
}
