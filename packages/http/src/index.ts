export { httpTarget } from './target.ts'
export type { HttpTargetOptions } from './options.ts'
