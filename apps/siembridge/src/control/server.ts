import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { exit, SiembridgeError } from '@siembridge/core'
import type { ControlLine, ControlRequest } from './protocol.ts'

/** Carries out a request; `progress` may be told meanwhile. `signal` is aborted when who asked goes away. */
export type Handler = (
  request: ControlRequest,
  progress: (text: string) => void,
  signal: AbortSignal,
) => Promise<unknown>

export interface ControlServer {
  close(): Promise<void>
}

/** Listens on a socket that only this account can open. The caller holds the lock of the directory. */
export async function listenControl(path: string, handle: Handler): Promise<ControlServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    void serve(socket, handle)
  })
  if (process.platform !== 'win32') rmSync(path, { force: true })
  await listen(server, path)
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** The socket is made without rights for others, rather than losing them a moment later. */
async function listen(server: Server, path: string): Promise<void> {
  const mask = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(mask)
  }
  await once(server, 'listening')
  if (process.platform !== 'win32') chmodSync(path, 0o600)
  server.unref()
}

async function serve(socket: Socket, handle: Handler): Promise<void> {
  const gone = new AbortController()
  socket.on('close', () => gone.abort(new Error('who asked went away')))
  const say = (line: ControlLine): void => void (socket.writable && socket.write(`${JSON.stringify(line)}\n`))
  for await (const line of createInterface({ input: socket })) {
    try {
      const request = JSON.parse(line) as ControlRequest
      say({ answer: (await handle(request, (progress) => say({ progress }), gone.signal)) ?? null })
    } catch (error) {
      say({ error: errorOf(error) })
    }
  }
  socket.end()
}

function errorOf(error: unknown): { code: string; message: string; status: number } {
  const { message } = error instanceof Error ? error : new Error(String(error))
  return error instanceof SiembridgeError
    ? { code: error.code, message, status: error.status }
    : { code: 'Unexpected', message, status: exit.no }
}
