// 10,000 alerts through 50 kills, spoilt writes and an hour of 429: `npm run kills:servicenow [-- KILLS]`. Takes some minutes.
import { judge } from './kills.ts'
import { full, small } from './workload.ts'

const little = process.argv.includes('--small')
const kills = Number(process.argv.find((one) => /^\d+$/.test(one)) ?? (little ? 8 : 50))
const seed = Number(process.env['SEED'] ?? 1)
const began = Date.now()
const verdict = await judge({
  sizes: little ? small : full,
  kills,
  seed,
  faulty: little ? 0.06 : 0.006,
  settleMs: 1000,
  hourMs: little ? 1500 : 6000,
})
const { wrong, told, ...figures } = verdict
process.stdout.write(
  `${JSON.stringify({ ...figures, wrong: wrong.length, seconds: Math.round((Date.now() - began) / 1000) }, undefined, 2)}\n`,
)
for (const one of wrong.slice(0, 40)) process.stdout.write(`${one}\n`)
for (const one of told) process.stdout.write(`${one}\n`)
process.exit(wrong.length > 0 ? 1 : 0)
