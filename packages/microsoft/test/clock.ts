export { TestClock } from '../../azure/test/clock.ts'
