import { errorTable, exit } from '@siembridge/core'
import { code, generated, page, table } from './markdown.ts'

const meanings: Readonly<Record<keyof typeof exit, string>> = {
  good: 'all went well',
  no: 'it ran, and the answer is no',
  usage: 'the command line is wrong; nothing was done',
  rejected: 'some records were rejected, all others were converted',
  unavailable: 'a file, a pipe or a receiver is not available',
  configuration: 'what the command needs to run is missing or wrong, such as its built files',
}

/** docs/errors.md: every error by its permanent name, and the exit statuses. */
export function errorsPage(): string {
  return page(
    generated,
    '# Errors',
    'Each error has a permanent name, which stands in front of its message. *…* is what the message fills in: a file, a ' +
      'receiver, a word of the command line. Records that are rejected are no error of the command: each has a message with ' +
      'file, line and reason on standard error, and the rest goes on.',
    ...Object.entries(errorTable).flatMap(([name, entry]) => [
      `## ${name}`,
      table(
        ['', ''],
        [
          ['what', entry.what('…')],
          ['why', entry.why],
          ['what to do', entry.help],
          ['state of things', entry.state],
          ['exit status', entry.status],
        ],
      ),
    ]),
    '## Exit statuses',
    table(
      ['status', 'meaning'],
      Object.entries(exit).map(([name, status]) => [code(String(status)), meanings[name as keyof typeof exit]]),
    ),
  )
}
