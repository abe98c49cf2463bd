/** Who speaks and how serious it is (RFC 5424 section 6.2.1): facility 0 to 23, severity 0 (emergency) to 7 (debug). */
export interface SyslogPri {
  readonly facility: number
  readonly severity: number
}

/**
 * `<PRI>`, facility times eight plus severity.
 *
 * @throws RangeError when either is not an integer of its range
 */
export function priText({ facility, severity }: SyslogPri): string {
  if (!isUpTo(facility, 23)) throw new RangeError(`syslog facility must be 0 to 23, not ${facility}`)
  if (!isUpTo(severity, 7)) throw new RangeError(`syslog severity must be 0 to 7, not ${severity}`)
  return `<${facility * 8 + severity}>`
}

/** Reads `<PRI>` at the start: 0 to 191 without leading zeros (RFC 5424 section 6.2.1). */
export function readPri(text: string): (SyslogPri & { readonly end: number }) | undefined {
  const digits = /^<(0|[1-9][0-9]{0,2})>/.exec(text)?.[1]
  const value = Number(digits)
  if (digits === undefined || value > 191) return undefined
  return { facility: value >> 3, severity: value & 7, end: digits.length + 2 }
}

function isUpTo(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max
}
