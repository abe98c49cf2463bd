/** What generated modules need to make views. Apart from the rest, for it brings the interpreter and the catalog along. */
export { complete } from '../interpret/normalise.ts'
export { entityOf, objectAt } from './event.ts'
