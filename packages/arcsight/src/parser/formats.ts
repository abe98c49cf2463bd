import { dateReader } from '../evaluate/dates.ts'
import type { Problems } from './problems.ts'

/** A pattern of java.text.SimpleDateFormat: whether it can be read, and whether it says what it seems to. */
export function checkFormat(format: string, what: string, line: number, problems: Problems): void {
  const letters = format.replace(/'[^']*'/g, '')
  if (!dateReader(format))
    problems.warning(
      'date-format',
      line,
      `${what}: the time pattern "${format}" has letters that are not known here`,
      'Use the letters y M d H h m s S a z Z E.',
    )
  else if (letters.includes('h') && !letters.includes('a'))
    problems.warning(
      'twelve-hours',
      line,
      `${what}: "hh" counts twelve hours, and nothing in "${format}" tells which half of the day`,
      'Write HH.',
    )
  if (/mm(?![^a-zA-Z]*s)/.test(letters) && /(?:yyyy|dd)\W*mm\W*(?:dd|yyyy)/.test(letters))
    problems.warning('minutes-for-months', line, `${what}: "mm" in "${format}" is minutes`, 'Write MM for months.')
}
