import { Writable } from 'node:stream'
import type { Logger } from '@siembridge/core'
import { format, transports } from 'winston'

/** Keeps the last warnings and errors of a log. */
export function keepRecent(log: Logger, most = 100): readonly string[] {
  const recent: string[] = []
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      recent.push(chunk.toString('utf8').trimEnd())
      if (recent.length > most) recent.shift()
      done()
    },
  })
  const line = format.printf(
    ({ level, message }) => `${new Date().toISOString()} ${level}: ${String(message).split('\n')[0]}`,
  )
  log.add(new transports.Stream({ stream, level: 'warn', format: line }))
  return recent
}
