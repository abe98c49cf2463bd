export { splunkHecTarget } from './target.ts'
export type { SplunkHecOptions } from './options.ts'
