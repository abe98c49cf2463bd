import { createLogger as create, format, type Logger, transports } from 'winston'

export type { Logger } from 'winston'
export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

export interface LogOptions {
  readonly level: LogLevel
  /** One JSON object a line in place of text for people. */
  readonly json: boolean
}

/** The logger of a process. All of it goes to standard error: standard output belongs to events. */
export function createLogger({ level, json }: LogOptions): Logger {
  const text = format.printf(({ level: at, message }) => `siembridge: ${at === 'info' ? '' : `${at}: `}${String(message)}`)
  return create({
    level,
    format: json ? format.combine(format.timestamp(), format.json()) : text,
    transports: [new transports.Stream({ stream: process.stderr })],
  })
}
