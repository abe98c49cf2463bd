import { dissect } from '../../../src/build.ts'
import type { Expr } from '../../../src/model.ts'

/**
 * Free text of the legacy categories (AzureFirewallNetworkRule, ApplicationRule, DnsProxy), patterns from the
 * particular to the general: a piece takes as little as it can, so that a general pattern would swallow what a
 * particular one tells apart.
 */
const rule = 'Policy: %{policy}. Rule Collection Group: %{group}. Rule Collection: %{collection}. Rule: %{rule}'
const oldRule = 'Rule Collection: %{collection}. Rule: %{rule}'

const tails = [
  " was DNAT'ed to %{nat}. " + rule,
  " was DNAT'ed to %{nat}",
  '. Url: %{url}. Action: %{action}. ThreatIntel: %{threat}',
  `. Url: %{url}. Action: %{action}. ${rule}. Web Category: %{web}`,
  `. Url: %{url}. Action: %{action}. ${rule}`,
  `. Url: %{url}. Action: %{action}. ${oldRule}`,
  '. Url: %{url}. Action: %{action}. %{reason}',
  '. Url: %{url}. Action: %{action}',
  '. Action: %{action}. Signature: %{signature}. IDS: %{ids}. Priority: %{priority}. Classification: %{classification}',
  '. Action: %{action}. ThreatIntel: %{threat}',
  `. Action: %{action}. ${rule}. Web Category: %{web}`,
  `. Action: %{action}. ${rule}`,
  `. Action: %{action}. ${oldRule}. Web Category: %{web}`,
  `. Action: %{action}. ${oldRule}`,
  '. Action: %{action}. Reason: %{reason}',
  '. Action: %{action}. ',
  '. Action: %{action}. %{reason}',
  '. Action: %{action}',
]

const patterns: readonly string[] = [
  'DNS Request: %{src} - %{dnsId} %{qtype} %{qclass} %{qname} %{transport} %{size} %{dnssec} %{buffer} ' +
    '%{rcode} %{flags} %{answer} %{seconds}s',
  ' Error: %{errno} %{qname} %{qtype}: %{error}',
  'Error: %{errno} %{qname} %{qtype}: %{error}',
  ...tails.map((tail) => `%{proto} Type=%{icmp} request from %{src} to %{dst}${tail}`),
  ...tails.map((tail) => `%{proto} request from %{src} to %{dst}${tail}`),
  '%{proto} request from %{src}. Action: %{action}. Reason: %{reason}',
]

/** Piece of the message. */
export const message = (name: string): Expr => dissect('properties~.msg', patterns, name)
