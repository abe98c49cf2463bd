import { formats } from '@siembridge/engine/formats'

/** One option of a command. */
export interface OptionRow {
  /** As the help prints it: `-t, --to <format>`. */
  readonly flags: string
  readonly help: string
  readonly choices?: readonly string[]
  /** The value is a whole number. */
  readonly whole?: true
  readonly preset?: string | number
  readonly mandatory?: true
  readonly hidden?: true
}

/** Options that convert and preview share. */
export const conversionOptions: readonly OptionRow[] = [
  { flags: '-t, --to <format>', help: 'format of the lines', choices: formats, mandatory: true },
  { flags: '--type <log-type>', help: 'log type of every record; recognised from each record unless given' },
  {
    flags: '-f, --filter <filter>',
    help: "which events to keep, such as 'severity >= medium and source.ip in 10.0.0.0/8'",
  },
  {
    flags: '--max-bytes <bytes>',
    help: 'largest message: cef 8192 (1400 over UDP), leef 4000, flat without limit unless given; 0 is no limit',
    whole: true,
  },
  {
    flags: '--max-record-bytes <bytes>',
    help: 'longest record that is read; longer ones are passed over and counted',
    whole: true,
    preset: 16 * 1024 * 1024,
  },
  { flags: '--send <url>', help: 'send as syslog: tcp://HOST:PORT, udp://HOST:PORT or tls://HOST:PORT' },
  {
    flags: '--header <form>',
    help: 'syslog header: rfc3164 for cef and leef, rfc5424 otherwise',
    choices: ['rfc3164', 'rfc5424', 'none'],
  },
  {
    flags: '--framing <framing>',
    help: 'on a stream: lines, or octets (octet counting; the default for tls)',
    choices: ['lines', 'octets'],
  },
  { flags: '--hostname <name>', help: 'host name in the syslog header', preset: 'siembridge' },
  { flags: '--json', help: 'summary and messages as JSON on standard error' },
  { flags: '-q, --quiet', help: 'no summary and no progress; messages about rejected records stay' },
]

export const convertOptions: readonly OptionRow[] = [
  ...conversionOptions,
  { flags: '--ca <file>', help: 'authorities to trust for tls, PEM' },
  { flags: '--cert <file>', help: 'client certificate for tls, PEM' },
  { flags: '--key <file>', help: 'key of the client certificate, PEM' },
  {
    flags: '--engine <engine>',
    help: 'generated code, or the reference interpreter alone',
    choices: ['generated', 'reference'],
    preset: 'generated',
    hidden: true,
  },
]

export const previewOptions: readonly OptionRow[] = [
  ...conversionOptions,
  { flags: '-n, --limit <events>', help: 'events to show', whole: true, preset: 10 },
]

export const isWhole = (text: string): boolean => /^\d{1,12}$/.test(text)
