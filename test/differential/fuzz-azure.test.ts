import { fuzz } from './fuzz.ts'

fuzz('azure')
