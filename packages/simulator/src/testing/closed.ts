import type { Socket } from 'node:net'

/** Waits until the socket is closed, by an end or by an error. */
export async function closed(socket: Socket): Promise<void> {
  if (socket.destroyed && socket.closed) return
  await new Promise<void>((resolve) => socket.once('close', () => resolve()))
}
