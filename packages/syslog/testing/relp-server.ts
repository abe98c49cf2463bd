import type { Socket } from 'node:net'
import { type RelpFrame, relpFrame, RelpReader } from '../src/relp/frames.ts'

const hello = '200 OK\nrelp_version=0\nrelp_software=test\ncommands=syslog'

/** The receiving side of RELP on a connection. `answer` gives the text to a message, or undefined for none. */
export function relpServer(
  socket: Socket,
  got: string[],
  answer: (frame: RelpFrame, at: number) => string | undefined = () => '200 OK',
): void {
  const reader = new RelpReader()
  const say = (txnr: number, text: string): void => void socket.write(relpFrame(txnr, 'rsp', Buffer.from(text)))
  socket.on('data', (chunk: Buffer) => {
    for (const frame of reader.push(chunk)) {
      if (frame.command === 'open') say(frame.txnr, hello)
      else if (frame.command === 'close') {
        say(frame.txnr, '')
        socket.write(relpFrame(0, 'serverclose', Buffer.alloc(0)))
        socket.end()
      } else {
        const text = answer(frame, got.push(frame.data.toString('utf8')) - 1)
        if (text !== undefined) say(frame.txnr, text)
      }
    }
  })
}
