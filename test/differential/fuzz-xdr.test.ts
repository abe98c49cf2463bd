import { fuzz } from './fuzz.ts'

fuzz('xdr')
