import { isIPv4, isIPv6 } from 'node:net'
import { type FieldKind, lsxFields, type LsxField } from '../lsx/grammar.ts'

const protocols = new Set('tcp udp icmp igmp gre esp ah sctp ipip icmpv6 ipv6-icmp ospf pim vrrp l2tp'.split(' '))

const readers: Readonly<Record<Exclude<FieldKind, 'time'>, (text: string) => string | undefined>> = {
  text: (text) => text,
  ipv4: (text) => (isIPv4(text.trim()) ? text.trim() : undefined),
  ipv6: (text) => (isIPv6(text.trim()) ? text.trim() : undefined),
  port: (text) => (/^\d{1,5}$/.test(text) && Number(text) < 65_536 ? String(Number(text)) : undefined),
  mac: (text) =>
    /^[0-9a-f]{2}([:-]?)(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i.test(text)
      ? (text
          .toUpperCase()
          .match(/[0-9A-F]{2}/g)
          ?.join(':') ?? undefined)
      : undefined,
  protocol: (text) =>
    protocols.has(text.toLowerCase())
      ? text.toUpperCase()
      : /^\d{1,3}$/.test(text) && Number(text) < 256
        ? String(Number(text))
        : undefined,
}

/** What a field holds after a value was offered to it, or undefined where it does not take such a value. */
export function fieldValue(field: LsxField, text: string): string | undefined {
  const kind: FieldKind = lsxFields[field]
  return kind === 'time' ? text : readers[kind](text)
}
