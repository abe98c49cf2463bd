import { once } from 'node:events'
import { SiembridgeError } from '@siembridge/core'
import type { SyslogSender } from '@siembridge/syslog'

/** Where finished lines go. `write` resolves when the next may follow. */
export interface LineSink {
  write(lines: Buffer): Promise<void>
  close(): Promise<void>
}

export const senderSink = (sender: SyslogSender): LineSink => ({ write: (lines) => sender.send(lines), close: () => sender.close() })

/** Standard output. A reader that leaves early (`| head`) ends the command quietly, as it does for any other filter. */
export function stdoutSink(): LineSink {
  let failed: NodeJS.ErrnoException | undefined
  process.stdout.on('error', (error) => (failed ??= error))
  const check = (): void => {
    if (failed?.code === 'EPIPE') throw failed
    if (failed) throw new SiembridgeError('OutputUnwritable', failed.message)
  }
  return {
    async write(lines) {
      check()
      // The pool's bytes are overwritten by the next record, and a pipe may keep them longer than this call.
      if (!process.stdout.write(Buffer.from(lines))) await once(process.stdout, 'drain').catch(() => undefined)
      check()
    },
    async close() {
      await new Promise<void>((resolve) => process.stdout.write('', () => resolve()))
      check()
    },
  }
}
