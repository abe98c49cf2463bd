// Runs in a network of its own, whose only interface it takes down: bytes go nowhere, and no one says so.
import { execFileSync } from 'node:child_process'
import { never, open, parcelOf } from './context.ts'
import { Receiver } from './receiver.ts'

const interfaceIs = (state: 'up' | 'down'): unknown => execFileSync('ip', ['link', 'set', 'lo', state])

interfaceIs('up')
await using receiver = await Receiver.open()
const delivery = await open({ url: `tcp://127.0.0.1:${receiver.port}`, stall_timeout: '5s' }, 10)
const before = await delivery.deliver(parcelOf(['a']), never)
interfaceIs('down')
const between = await delivery.deliver(parcelOf(['b']), never)
interfaceIs('up')
const after = await delivery.deliver(parcelOf(['b'], 1), never)
await delivery.close()
process.stdout.write(JSON.stringify({ receipts: [before, between, after], lines: receiver.lines }))
