import { open } from 'node:fs/promises'
import { isIPv4, type Socket } from 'node:net'
import { endianness } from 'node:os'

const hex = (number: number, digits: number): string => number.toString(16).toUpperCase().padStart(digits, '0')

/** Bytes of an address; `::` stands for as many zeros as are missing, and the last four can be written as IPv4. */
function bytesOf(address: string): number[] {
  if (isIPv4(address)) return address.split('.').map(Number)
  const halves = address
    .replace(/%.*$/, '')
    .split('::')
    .map((half) =>
      half
        .split(':')
        .filter((group) => group !== '')
        .flatMap((group) => (isIPv4(group) ? bytesOf(group) : [parseInt(group, 16) >> 8, parseInt(group, 16) & 255])),
    )
  const [first = [], last = []] = halves
  return [...first, ...Array.from({ length: 16 - first.length - last.length }, () => 0), ...last]
}

/** An address and a port as the table of sockets shows them: words of four bytes in the machine's own order. */
export function tableAddress(address: string, port: number): string {
  const bytes = bytesOf(address)
  const words = Array.from({ length: bytes.length / 4 }, (_, at) => bytes.slice(at * 4, at * 4 + 4))
  const ordered = words.flatMap((word) => (endianness() === 'LE' ? word.toReversed() : word))
  return `${ordered.map((byte) => hex(byte, 2)).join('')}:${hex(port, 4)}`
}

/**
 * Bytes of a socket that the other side's kernel has not acknowledged, as Linux shows them (proc(5), /proc/net/tcp: tx_queue).
 * Undefined where the socket is not seen: another system, a container without /proc, or a connection that is gone.
 */
export async function unacknowledged(socket: Socket): Promise<number | undefined> {
  const { localAddress, localPort, remoteAddress, remotePort } = socket
  if (localAddress === undefined || remoteAddress === undefined) return undefined
  const pair = `${tableAddress(localAddress, localPort ?? 0)} ${tableAddress(remoteAddress, remotePort ?? 0)}`
  const file = await open(`/proc/net/tcp${isIPv4(localAddress) ? '' : '6'}`, 'r').catch(() => undefined)
  if (!file) return undefined
  try {
    return await queueOf(file, new RegExp(`${pair} [0-9A-F]{2} ([0-9A-F]{8}):`))
  } finally {
    await file.close()
  }
}

const block = 32_768

/** Each read makes the kernel look through its sockets, so the first that finds the line is the last. */
async function queueOf(
  file: { read: (buffer: Buffer) => Promise<{ bytesRead: number }> },
  line: RegExp,
): Promise<number | undefined> {
  const buffer = Buffer.alloc(block)
  for (let rest = ''; ;) {
    const { bytesRead } = await file.read(buffer)
    const text = rest + buffer.toString('latin1', 0, bytesRead)
    const found = line.exec(text)?.[1]
    if (found !== undefined) return parseInt(found, 16)
    if (bytesRead === 0) return undefined
    rest = text.slice(text.lastIndexOf('\n') + 1)
  }
}
