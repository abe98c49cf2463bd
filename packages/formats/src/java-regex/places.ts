// Java's line terminators are \n, \r\n, \r, \u0085, \u2028 and \u2029, and nothing is between \r and \n. JavaScript's flag m
// knows four of them, so anchors are spelled out (java.util.regex.Pattern, "Line terminators").
const lastEnd = '(?=(?:\\r\\n|[\\r\\u0085\\u2028\\u2029]|(?<!\\r)\\n)?$)'

/** `^` and `$` by whether MULTILINE is set, and the anchors by their escape. */
export const anchors = {
  '^': { single: '^', multi: '(?:^|(?<=[\\n\\u0085\\u2028\\u2029]|\\r(?!\\n))(?!$))' },
  $: { single: lastEnd, multi: '(?=[\\r\\u0085\\u2028\\u2029]|(?<!\\r)\\n|$)' },
} as const

export const escapedPlaces: Readonly<Record<string, string | undefined>> = {
  A: '^',
  Z: lastEnd,
  z: '$',
  b: '\\b',
  B: '\\B',
}
