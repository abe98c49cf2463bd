import { fuzz } from './fuzz.ts'

fuzz('o365')
