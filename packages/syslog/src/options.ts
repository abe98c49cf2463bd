import { hostname } from 'node:os'
import { z } from 'zod'
import { type Address, parseAddress, type Transport } from './address.ts'
import { bytes, duration } from '@siembridge/core/units'

/** Formats of lines that a syslog receiver may be given, the default first. */
export const formats = ['cef', 'leef', 'flat', 'raw+', 'ecs'] as const

const address = z
  .string()
  .transform((url, context): Address => {
    const read = parseAddress(url)
    if (typeof read !== 'string') return read
    context.addIssue({ code: 'custom', message: read, input: url })
    return z.NEVER
  })
  .describe(
    'Receiver: udp://, tcp://, tls://, relp:// or relps:// with host and port (default 514, tls 6514, relp 2514)',
  )

const reference = (what: string) =>
  z.string().min(1).optional().describe(`${what}: a file, or a secret such as env:NAME or keyvault:https://…`)

/**
 * Default of `max_bytes`: one Ethernet frame for a datagram, what RFC 5425 section 4.3.1 asks receivers to process for the others. QRadar,
 * which reads LEEF, cuts longer messages in two unless it is told otherwise (System Settings: Max UDP and Max TCP Syslog Payload Length).
 * JSON is whole unless a limit is asked for: what a receiver takes is its own matter there.
 */
function longest(transport: Transport, format: (typeof formats)[number]): number {
  if (format !== 'cef' && format !== 'leef') return 0
  if (transport === 'udp') return format === 'leef' ? 1024 : 1400
  return format === 'leef' ? 4096 : 8192
}

/** Options of the target `syslog`. Sizes are bytes and time spans milliseconds once read. */
export const syslogTargetOptions = z
  .strictObject({
    url: address,
    format: z.enum(formats).prefault('cef').describe('What a line holds'),
    framing: z
      .enum(['lines', 'octets'])
      .optional()
      .describe(
        'How messages are told apart on tcp and tls: a line feed behind each, or its length before it (RFC 6587). tls: octets',
      ),
    header: z.enum(['rfc3164', 'rfc5424', 'none']).prefault('rfc3164').describe('What stands before each message'),
    hostname: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Host name in the header; this machine's unless told. {type} in it stands for the log type, for receivers that tell log sources apart by it",
      ),
    max_bytes: bytes
      .optional()
      .describe(
        'Longest message with its header, for cef, leef and flat; 8KiB unless told, 4KiB for leef, none for flat; over udp 1400 bytes, 1KiB for leef; 0: no limit',
      ),
    ca: reference('Authorities (PEM) that may have signed the receiver’s certificate, in place of the system’s'),
    cert: reference('Client certificate (PEM)'),
    key: reference('Key of the client certificate (PEM)'),
    window_bytes: bytes
      .pipe(z.number().min(65_536))
      .prefault('1MiB')
      .describe('How much may be under way unconfirmed, and come again when the connection breaks'),
    stall_timeout: duration
      .pipe(z.number().min(1))
      .prefault('30s')
      .describe('A receiver that takes nothing for so long is given up and connected to again'),
  })
  .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
    message: 'cert and key belong together: give both or none',
    path: ['key'],
  })
  .transform(({ url, ...rest }) => ({
    ...rest,
    address: url,
    framing: rest.framing ?? (url.transport === 'tls' ? ('octets' as const) : ('lines' as const)),
    hostname: rest.hostname ?? hostname(),
    max_bytes: rest.max_bytes ?? longest(url.transport, rest.format),
  }))

export type SyslogTargetOptions = z.infer<typeof syslogTargetOptions>
