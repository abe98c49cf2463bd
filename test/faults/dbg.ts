import { Pipeline } from '@siembridge/core/pipeline'
import { runSchedule, scheduleOf } from './support/schedule.ts'
const seed = Number(process.argv[2])
const s = scheduleOf(seed, Number(process.argv[3] ?? 1000))
console.log(JSON.stringify(s))
let pipes: Pipeline[] = []
const Spy = { open: async (o: any) => { const t=Date.now(); const p = await Pipeline.open(o); console.log('open', Date.now()-t); pipes.push(p); return p } } as any
setInterval(() => { const p = pipes.at(-1) as any; if (!p) return; const b = p.bufferOf('r0'); console.log(JSON.stringify({kept: b.cursors.kept, committed: b.cursors.committed, targets:[...b.cursors.targets], uns: b.unsettled.slice(0,3), n: b.unsettled.length, next: b.next, segs: b.segments.map((s:any)=>[s.base,s.end,s.size])}), [...p.open].map(([n,l]:any)=>[n,JSON.stringify(l.unkept)]).join(' ')) }, 3000)
const t = Date.now()
const o = await runSchedule(Spy, s)
console.log(Date.now() - t, 'ms', JSON.stringify({ ...o, problems: o.problems.slice(0, 5), n: o.problems.length }))
process.exit(0)
