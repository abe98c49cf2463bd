import { fuzz } from './fuzz.ts'

fuzz('entra')
