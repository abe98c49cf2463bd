import type { Problems } from './problems.ts'

/** Tells what in a path below the trigger node is read differently, or not at all. */
export function checkPath(path: string, what: string, line: number, problems: Problems): void {
  if (/[[\]*]/.test(path))
    problems.error(
      'path-unsupported',
      line,
      `${what} is "${path}": nothing published says that a path can hold an index or a wildcard`,
      'Let the trigger node be the array, or use a record without arrays.',
    )
  else if (path.split('/').some((step) => step === '..' || step === '.'))
    problems.warning(
      'path-upwards',
      line,
      `${what} is "${path}"; one published parser goes upwards like this`,
      'Use a path that goes down alone.',
    )
  else if (/[.@]/.test(path))
    problems.warning(
      'path-key',
      line,
      `${what} is "${path}": it is not known how "." and "@" in a key are read`,
      'Use keys of letters, digits and "_".',
    )
}
