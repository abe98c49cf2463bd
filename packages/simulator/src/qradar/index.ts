/** A simulated QRadar: the console's REST API, and a collector that takes syslog. */
export { openQradarConsole } from './console.ts'
export { openEventCollector } from './collector.ts'
export type { Collected, CollectedEvent, EventCollector, EventEvaluator, FoundQid } from './collector.ts'
export type { ConsoleFault, ConsoleRequestEntry, QradarConsole, QradarConsoleOptions } from './console.ts'
