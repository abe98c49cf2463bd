/** Levels of splunkd's log, as an input writes them before a line of standard error. */
const levels = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const
export type LogLevel = (typeof levels)[number]

export interface LogLine {
  readonly level: LogLevel
  readonly component: string
  readonly message: string
  /** Milliseconds since 1970. */
  readonly at: number
}

/** splunkd.log, which Splunk indexes into `_internal`. */
export class SplunkdLog {
  readonly lines: LogLine[] = []

  add(level: LogLevel, component: string, message: string): void {
    this.lines.push({ level, component, message, at: Date.now() })
  }

  /** A line of an input's standard error: without a level it is an error (Splunk, "Set up logging"). */
  fromInput(program: string, line: string): void {
    const found = /^(DEBUG|INFO|WARN|ERROR|FATAL)\b\s*(.*)$/s.exec(line)
    const level = (found?.[1] as LogLevel | undefined) ?? 'ERROR'
    this.add(level, 'ExecProcessor', `message from "${program}" ${found?.[2] ?? line}`)
  }
}
