export { openSender } from './deliver.ts'
export type { SyslogSender } from './sender.ts'
export { parseTarget } from './options.ts'
export type { SyslogOptions } from './options.ts'
