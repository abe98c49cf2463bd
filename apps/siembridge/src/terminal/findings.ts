import type { Finding } from '@siembridge/core'
import { type Colour, colour, hanging } from './style.ts'

const marks: Readonly<Record<Finding['is'], readonly [mark: string, colour: Colour]>> = {
  good: ['ok  ', 'green'],
  warning: ['warn', 'yellow'],
  bad: ['BAD ', 'red'],
}

/** A finding for people: a mark, what was found, and what to do below it. */
export function findingText({ subject, is, says, help }: Finding, number?: number): string {
  const [mark, name] = marks[is]
  const first = number === undefined ? `${mark}  ` : `${String(number).padStart(2)}  ${mark}  `
  const text = hanging(first, `${subject}: ${says}`)
  const coloured = text.replace(mark, colour(name, mark))
  return `${coloured}\n${help === undefined || is === 'good' ? '' : `${hanging(`${' '.repeat(first.length)}do: `, help)}\n`}`
}
