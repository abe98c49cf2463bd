import { judge } from './kills.ts'
const v = await judge({ sizes: { plain: 400, grouped: 80, perIncident: 4, security: 400, events: 60, storm: 520, cap: 430 }, kills: 25, seed: Number(process.env['SEED'] ?? 1), faulty: 0.02, settleMs: 1000, hourMs: 2000 })
console.log(JSON.stringify({ ...v, told: 0, wrong: v.wrong.length }))
for (const w of [...v.wrong.slice(0, 10), ...v.told]) console.log(w)
process.exit(0)
