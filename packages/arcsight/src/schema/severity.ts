/** Levels of a severity map, in the order in which a connector tries them. */
export const levels = ['veryhigh', 'high', 'medium', 'low'] as const
export type Level = (typeof levels)[number]

/** Number of a level in the header of CEF, as we write it: 0 to 3 is low, 4 to 6 medium, 7 and 8 high, 9 and 10 very high. */
export const levelNumber: Readonly<Record<Level | 'unknown', number>> = {
  veryhigh: 10,
  high: 8,
  medium: 5,
  low: 3,
  unknown: 0,
}

export const levelOf = (number: number): Level =>
  number >= 9 ? 'veryhigh' : number >= 7 ? 'high' : number >= 4 ? 'medium' : 'low'
