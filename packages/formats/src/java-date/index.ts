/** Date patterns of Java: those of Joda-Time and of SimpleDateFormat, as far as both are told apart for certain. */
export { javaDate } from './read.ts'
export type { DateDefaults, DateReading, JavaDate } from './read.ts'
export type { DateDialect } from './pattern.ts'
