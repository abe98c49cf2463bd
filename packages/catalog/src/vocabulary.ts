/** Words that reading a record takes, in a module of their own: whoever wants them alone need not load every log type. */
export { sentinels } from './absent.ts'
export { severities } from './model.ts'
