import type { LogLevel } from '@siembridge/core'
import { createLogger, type Logger } from '@siembridge/core/logging'

const words: Readonly<Record<LogLevel, string>> = { error: 'ERROR', warn: 'WARN', info: 'INFO', debug: 'DEBUG' }

/** One line a message with its level before it: splunkd takes a line without one for an error (Splunk, "Set up logging"). */
export const splunkdLine = (level: LogLevel, message: string): string =>
  `${words[level]} siembridge ${message.replaceAll(/\s*\n\s*/g, '; ')}`

export const inputLogger = (level: LogLevel): Logger => createLogger({ level, json: false, line: splunkdLine })
