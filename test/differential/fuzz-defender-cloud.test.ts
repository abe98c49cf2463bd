import { fuzz } from './fuzz.ts'

fuzz('defender-cloud')
