/**
 * Texts by which Microsoft's products say "nothing": the value is then absent, in every log type.
 * Seen in the Office 365 schema ("Not Available", `<null>`), resource logs ("-", "N/A") and Entra records (zero GUID).
 */
export const sentinels: readonly string[] = [
  '',
  '-',
  '--',
  'N/A',
  'n/a',
  'null',
  'Null',
  'NULL',
  '<null>',
  '(null)',
  'Not Available',
  '00000000-0000-0000-0000-000000000000',
]
