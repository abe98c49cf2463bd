export { serviceNowTarget } from './target.ts'
export type { ServiceNowOptions } from './options.ts'
