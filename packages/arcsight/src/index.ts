export { arcsightKit } from './kit.ts'
