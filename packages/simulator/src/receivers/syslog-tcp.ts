import { FrameDecoder } from '@siembridge/formats'
import { streamReceiver } from './stream-receiver.ts'
import type { Receiver, ReceiverContext } from './receiver.ts'
import type { ReceiverSpec } from './spec.ts'

/** Syslog over TCP or TLS; the first byte of each frame tells octet counting from lines (RFC 6587) unless told. */
export function syslogTcp(spec: Extract<ReceiverSpec, { kind: 'tcp' }>, context: ReceiverContext): Receiver {
  return streamReceiver('tcp', spec, context, ({ number, stream, reset }) => {
    const decoder = new FrameDecoder({
      framing: spec.framing ?? 'auto',
      maxFrameBytes: spec.maxFrameBytes ?? 1_048_576,
    })
    const keep = (frames: readonly Buffer[]) => {
      for (const frame of frames) context.recorder.keep(context.name, number, frame)
      if (context.faults.take('answer-lost') ?? decoder.problem) reset()
    }
    stream.on('data', (chunk: Buffer) => keep(decoder.push(chunk)))
    stream.on('error', () => {})
    stream.on('end', () => {
      keep(decoder.end())
      stream.end()
    })
  })
}
