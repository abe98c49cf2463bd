// The judge over fifty faults: `npm run kills:splunk [-- FAULTS]`. Takes some minutes.
import { repeatWindow } from '@siembridge/splunk/modular-input'
import { judge } from './kills.ts'
import { builtPackage } from './site.ts'

const verdict = await judge(builtPackage(), Number(process.argv[2] ?? 50), 10)
const { lost, doubled, settledAndRepeated, mostRepeatedBytes } = verdict
process.stdout.write(`${JSON.stringify({ ...verdict, lost: lost.length }, undefined, 2)}\n`)
for (const id of lost) process.stdout.write(`lost: ${id}\n`)
process.exit(lost.length + doubled + settledAndRepeated > 0 || mostRepeatedBytes > repeatWindow ? 1 : 0)
