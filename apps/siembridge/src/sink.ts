import { writeSync } from 'node:fs'
import { SiembridgeError } from '@siembridge/core'
import type { SyslogSender } from '@siembridge/syslog'

/** Where finished lines go. `write` resolves when the next may follow. Throws SiembridgeError. */
export interface LineSink {
  write(lines: Buffer): Promise<void>
  close(): Promise<void>
  /** Ends without waiting for anything. */
  abort(): void
  /** Events that could not go this way, and why. */
  readonly leftOut: { readonly events: number; readonly reason: string }
}

export const senderSink = (sender: SyslogSender): LineSink => ({
  write: (lines) => sender.send(lines),
  close: () => sender.close(),
  abort: () => sender.abort(),
  get leftOut() {
    return { events: sender.leftOut, reason: 'too long for a datagram' }
  },
})

const nothing = { events: 0, reason: '' }

/** The reader of standard output left early, as `head` does: the command ends quietly, as any other filter would. */
export class ReaderGone extends Error {}

/**
 * Standard output. Node writes files and pipes synchronously on POSIX anyway; doing so directly spares a short command the
 * loading of its stream and socket modules. A descriptor that somebody else made non-blocking takes the stream.
 */
export function stdoutSink(): LineSink {
  let stream: LineSink | undefined
  return {
    async write(lines) {
      let at = 0
      try {
        if (!stream) while (at < lines.length) at += writeSync(1, lines, at)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw outputError(error as NodeJS.ErrnoException)
        stream = streamSink()
      }
      if (at < lines.length) await stream?.write(lines.subarray(at))
    },
    close: async () => stream?.close(),
    abort: () => undefined,
    leftOut: nothing,
  }
}

/** Prints a text that a command made, to standard output. */
export async function print(text: string): Promise<void> {
  const sink = stdoutSink()
  await sink.write(Buffer.from(text))
  await sink.close()
}

function streamSink(): LineSink {
  process.stdout.on('error', () => undefined)
  const write = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) =>
      process.stdout.write(bytes, (error) => (error ? reject(outputError(error)) : resolve())),
    )
  return { write, close: () => write(Buffer.alloc(0)), abort: () => undefined, leftOut: nothing }
}

const outputError = (error: NodeJS.ErrnoException): Error =>
  error.code === 'EPIPE' ? new ReaderGone() : new SiembridgeError('OutputUnwritable', error.message)
