import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { addressOf } from '../values/address.ts'
import { lowerAscii } from '../values/text.ts'

/** `10.0.0.0/8`, `2001:db8::/32` or a single address, as a test of addresses. */
export function networkOf(text: string): (address: string) => boolean {
  const [base = '', length] = text.split('/')
  const family = isIPv4(base) ? 'ipv4' : isIPv6(base) ? 'ipv6' : undefined
  if (family === undefined || length === undefined) {
    const wanted = addressOf(text) ?? lowerAscii(text)
    return (address) => address === wanted
  }
  const inside = family === 'ipv4' ? inV4(base, Number(length)) : () => false
  const list = new BlockList()
  list.addSubnet(base, Number(length), family)
  return (address) => (address.includes(':') ? list.check(address, 'ipv6') : inside(address))
}

/** The same for IPv4, which is nearly all addresses: two numbers compared. */
function inV4(base: string, bits: number): (address: string) => boolean {
  const size = 2 ** (32 - bits)
  const wanted = Math.floor(numberOf(base) / size)
  return (address) => Math.floor(numberOf(address) / size) === wanted
}

function numberOf(address: string): number {
  let whole = 0
  let part = 0
  for (let at = 0; at < address.length; at++) {
    const c = address.charCodeAt(at)
    if (c === 46) {
      whole = whole * 256 + part
      part = 0
    } else part = part * 10 + c - 48
  }
  return whole * 256 + part
}
