import { isIPv4, isIPv6 } from './ip.ts'

/**
 * Addresses in the forms of the Office 365 and resource logs: with port, in brackets, mapped (`::ffff:10.1.2.3`), with prefix
 * length or zone. One bracket pair is stripped; a port is split off only behind a bracket or exactly one colon.
 */
const bracketed = /^\[([^\]]*)\](?::(\d{1,5}))?$/
const withPort = /^([^:]*):(\d{1,5})$/
const mapped = /^::ffff:(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})$/i

/** The address alone, lower case and unmapped; undefined where it is none (host names, garbage). */
export function addressOf(text: string): string | undefined {
  // The usual form.
  if (isIPv4(text)) return text
  return bare(hostPart(text.replace(/^ +| +$/g, '')))
}

/** The port behind an address, or the text itself where it is a port number; undefined where there is none. */
export function portOf(text: string): string | undefined {
  if (/^\d{1,5}$/.test(text)) return inRange(text)
  const found = bracketed.exec(text) ?? withPort.exec(text)
  return found?.[2] === undefined ? undefined : inRange(found[2])
}

function hostPart(text: string): string {
  const found = bracketed.exec(text) ?? withPort.exec(text)
  return found?.[1] ?? text
}

function bare(host: string): string | undefined {
  const address = host.replace(/\/\d{1,3}$/, '').replace(/%[0-9A-Za-z_.-]+$/, '')
  if (isIPv4(address)) return address
  if (!isIPv6(address)) return undefined
  const v4 = mapped.exec(address)?.[1]
  return v4 !== undefined && isIPv4(v4) ? v4 : address.replace(/[A-F]/g, (c) => c.toLowerCase())
}

function inRange(port: string): string | undefined {
  const number = Number(port)
  return number <= 65535 ? String(number) : undefined
}
