export { createHttp } from './client.ts'
export { HttpFailure } from './failure.ts'
export type { FailureKind } from './failure.ts'
export type { Http, HttpAnswer, HttpOptions, HttpRequest, HttpStream } from './types.ts'
