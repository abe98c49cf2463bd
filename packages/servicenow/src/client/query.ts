/** Values that may stand in an encoded query: `^` begins another condition, and a line break ends it. */
const safe = /^[^^\r\n]*$/

/** A condition of an encoded query; undefined where the value cannot be asked for without changing the query. */
export const equal = (field: string, value: string): string | undefined =>
  value !== '' && safe.test(value) ? `${field}=${value}` : undefined

/** Keys of tickets: nothing else may stand in a look-up. */
export const keyForm = /^[A-Za-z0-9:_-]{1,100}$/

export const and = (...conditions: readonly (string | undefined)[]): string =>
  conditions.filter((one) => one !== undefined && one !== '').join('^')
