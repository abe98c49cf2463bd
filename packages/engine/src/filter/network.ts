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
  const list = new BlockList()
  list.addSubnet(base, Number(length), family)
  return (address) => list.check(address, address.includes(':') ? 'ipv6' : 'ipv4')
}
