import { severities } from '@siembridge/catalog'
import { frameOctets } from '@siembridge/formats'
import { headerOf } from '../../packages/syslog/src/header.ts'
import { code, fence, table } from './markdown.ts'

const eventTime = Date.UTC(2026, 1, 3, 4, 5, 6, 789)
const sendingTime = Date.UTC(2026, 1, 3, 4, 6, 0)
const host = 'siembridge'
const message = 'CEF:0|…'

/** Headers and framing of `--send`, with the lines that the syslog package writes. */
export function syslogSection(): string[] {
  const [rfc3164, rfc5424] = (['rfc3164', 'rfc5424'] as const).map((form) => headerOf(form, host, () => sendingTime))
  const print = (header: typeof rfc3164): string => `${header?.('high', eventTime, 'entra.sign-in') ?? ''}${message}`
  const framed = frameOctets(Buffer.from(`<131>${message}`)).toString('utf8')
  return [
    '## Syslog',
    '`--send URL` puts a syslog header before each line: RFC 3164 for `cef` and `leef`, RFC 5424 for JSON, none for ' +
      '`mcas-agent`; `--header rfc3164|rfc5424|none` chooses another, `--hostname` names the sender.',
    fence(`${print(rfc3164)}\n${print(rfc5424)}`, 'text'),
    'RFC 3164 has neither year nor zone: it carries the time of sending, in UTC, and the event carries its own. RFC 5424 ' +
      "carries the event's time, the application `siembridge` and the log type as message id. The facility is `local0`; the " +
      'severity is that of the event:',
    table(
      ['severity', 'PRI'],
      severities.map((s) => [s, code(/<\d+>/.exec(rfc5424?.(s, eventTime, '') ?? '')?.[0] ?? '')]),
    ),
    table(
      ['target', 'default port', 'framing'],
      [
        [code('tcp://HOST:PORT'), 514, 'a line feed behind each message; `--framing octets` puts its length before it'],
        [code('udp://HOST:PORT'), 514, 'one message a datagram'],
        [
          code('tls://HOST:PORT'),
          6514,
          'the length before each message (RFC 5425); `--framing lines` is there for old receivers',
        ],
      ],
    ),
    `Octet counting (RFC 6587) writes ${code(framed)}. Over TCP and TLS the sender waits where the receiver is slow. Syslog has ` +
      'no receipts: `handed-over` means that the operating system took the bytes, and over UDP not even that they arrived.',
  ]
}
