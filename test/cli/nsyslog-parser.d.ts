/** The part of nsyslog-parser that the tests use; the package brings no types. */
declare module 'nsyslog-parser' {
  const parse: (text: string) => Record<string, unknown>
  export default parse
}
