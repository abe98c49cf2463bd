import { createLogger as create, format, type Logger, transports } from 'winston'

export type { Logger } from 'winston'
export type LogLevel = 'error' | 'warn' | 'info' | 'debug'

export interface LogOptions {
  readonly level: LogLevel
  /** One JSON object a line in place of text for people. */
  readonly json: boolean
  /** A line of text in another form than for people. */
  readonly line?: (level: LogLevel, message: string) => string
}

// What a record holds can stand in a message: escape sequences, C1 controls and marks that turn the reading direction around
// must not reach a terminal. A tab and a line feed are ours.
const unsafe = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
const visible = (text: string): string =>
  text.replace(unsafe, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

const forPeople = (level: LogLevel, message: string): string =>
  `siembridge: ${level === 'info' ? '' : `${level}: `}${message}`

/** The logger of a process. All of it goes to standard error: standard output belongs to events. */
export function createLogger({ level, json, line = forPeople }: LogOptions): Logger {
  const text = format.printf(({ level: at, message }) => line(at as LogLevel, visible(String(message))))
  return create({
    level,
    format: json ? format.combine(format.timestamp(), format.json()) : text,
    transports: [new transports.Stream({ stream: process.stderr })],
  })
}
