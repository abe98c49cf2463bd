import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A pipe of the kernel: what is written to it and not read yet is 64 KiB at most (pipe(7)). */
export interface KernelPipe {
  /** Reading end. It holds one read of 64 KiB at most when it is paused. */
  readonly output: Socket
  /** Descriptor of the writing end, for a child. */
  readonly input: number
  /** Closes the writing end here, once a child has it. */
  handedOver(): void
}

/**
 * A pipe such as splunkd gives its inputs. Node itself makes sockets, which hold several times as much. Undefined where the system
 * has no `mkfifo`.
 */
export function kernelPipe(): KernelPipe | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'siembridge-pipe-'))
  const path = join(folder, 'pipe')
  try {
    if (spawnSync('sh', ['-c', 'mkfifo "$1"', 'sh', path]).status !== 0) return undefined
    const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const input = openSync(path, constants.O_WRONLY)
    const output = new Socket({ fd: reading, readable: true, writable: false, readableHighWaterMark: 1 } as object)
    return { output, input, handedOver: () => closeSync(input) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
