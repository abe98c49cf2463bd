export type Severity = 'informational' | 'low' | 'medium' | 'high' | 'critical'

/** Facility 16 (local0): free for local use, and where receivers expect forwarded logs. */
const facility = 16

const syslogSeverity: Readonly<Record<Severity, number>> = { informational: 6, low: 6, medium: 4, high: 3, critical: 2 }

/** PRI by severity: facility times eight and syslog's severity (RFC 5424 section 6.2.1). */
export const pri = Object.fromEntries(
  Object.entries(syslogSeverity).map(([name, level]) => [name, facility * 8 + level]),
) as Readonly<Record<Severity, number>>
