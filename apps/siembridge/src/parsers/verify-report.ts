import type { FieldProblem, ParsedEvent, ParserProblem } from '@siembridge/core'
import { colour, hanging } from '../terminal/style.ts'

/** Characters of a value that are shown beside what is wrong with it. */
const longest = 300

const kinds = ['parsed', 'generic', 'unknown', 'unparsed'] as const

/** What `verify` prints: problems of the files, then record by record what arrived, then the sum. */
export class VerifyReport {
  private text = ''
  private readonly counts = { parsed: 0, generic: 0, unknown: 0, unparsed: 0, unreadable: 0, errors: 0, warnings: 0 }
  private readonly fields = new Map<string, number>()
  private readonly json: boolean
  private readonly all: boolean

  constructor({ json, all }: { readonly json?: boolean; readonly all?: boolean }) {
    this.json = json === true
    this.all = all === true
  }

  /** What was printed since the last call. */
  take(): string {
    const { text } = this
    this.text = ''
    return text
  }

  /** Whether every file loads and every record parsed with all its fields. */
  get good(): boolean {
    const { errors, unknown, unparsed, unreadable } = this.counts
    return errors + unknown + unparsed + unreadable + this.fields.size === 0
  }

  files(problems: readonly ParserProblem[]): void {
    for (const problem of problems) {
      this.counts[problem.level === 'error' ? 'errors' : 'warnings']++
      this.text += this.json ? line({ problem }) : problemText(problem)
    }
  }

  record(file: string, at: number, events: readonly ParsedEvent[]): void {
    for (const event of events) {
      this.counts[event.is]++
      for (const { field, is } of event.problems)
        this.fields.set(`${field} ${is}`, (this.fields.get(`${field} ${is}`) ?? 0) + 1)
      if (this.json) this.text += line({ file, line: at, ...event })
      else if (this.all || event.problems.length > 0 || event.is === 'unknown' || event.is === 'unparsed')
        this.text += eventText(file, at, event)
    }
  }

  /** A record that was given up; `last` where the records after it are not tried. */
  stuck(file: string, at: number, ms: number, last: boolean): void {
    this.counts.unparsed++
    const reason = `given up after ${ms / 1000} s: a pattern tries every way to match, as ^(a+)+$ does; a SIEM would hang on it too`
    const rest = last ? ' The records after it are not tried.' : ''
    this.text += this.json
      ? line({ file, line: at, is: 'unparsed', stuck: `${reason}.${rest}` })
      : `${colour('bold', `${file}:${at}`)}  unparsed\n  ${colour('red', '!')} ${reason}.${rest}\n`
  }

  unreadable(file: string, at: number, reason: string): void {
    this.counts.unreadable++
    this.text += this.json ? line({ file, line: at, unreadable: reason }) : `${file}:${at}: not a record: ${reason}\n`
  }

  sum(): void {
    const problems = Object.fromEntries([...this.fields].toSorted(([, a], [, b]) => b - a))
    if (this.json) {
      this.text += line({ sum: { ...this.counts, problems, ok: this.good } })
      return
    }
    const said = [
      ...kinds.map((kind) => `${this.counts[kind]} ${kind}`),
      `${this.counts.unreadable} no record`,
      `files: ${this.counts.errors} errors, ${this.counts.warnings} warnings`,
    ]
    this.text += `${said.join(', ')}\n`
    for (const [what, count] of Object.entries(problems)) this.text += `  ${count} times ${what}\n`
    this.text += this.good ? `${colour('green', 'ok')}\n` : `${colour('red', 'not ok')}\n`
  }
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

function problemText({ level, code, file, line: at, message, help }: ParserProblem): string {
  const first = `${level === 'error' ? colour('red', 'error') : colour('yellow', 'warning')}  `
  const place = at === undefined ? file : `${file}:${at}`
  return `${hanging(first, `${place}: ${message} (${code})`)}\n${hanging('       do: ', help)}\n`
}

function eventText(file: string, at: number, { is, type, parser, fields, problems, ambiguous }: ParsedEvent): string {
  const head = `${colour('bold', `${file}:${at}`)}  ${is}${type === undefined ? '' : ` ${type}`}${parser === undefined ? '' : ` by ${parser}`}\n`
  return [
    head,
    ...Object.entries(fields).map(([name, value]) => `    ${name}=${value}\n`),
    ...problems.map((problem) => `  ${colour('red', '!')} ${fieldText(problem)}\n`),
    ...ambiguous.map((text) => `  ${colour('yellow', '?')} ${text}\n`),
  ].join('')
}

function fieldText({ field, is, expected, got, reason }: FieldProblem): string {
  const parts = [
    `${field}: ${is}`,
    expected === undefined ? '' : `expected ${shortened(expected)}`,
    got === undefined ? '' : `got ${shortened(got)}`,
    reason ?? '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}

/** A value as one line that a person reads; `--json` has the whole. */
function shortened(value: string): string {
  const text = JSON.stringify(value)
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${value.length} characters; --json has all)`
}
