export { qradarKit } from './kit.ts'
