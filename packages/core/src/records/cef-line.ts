import { cefRecord } from '@siembridge/formats'

/** A line of CEF as a JSON record (`cefRecord` says in which form); undefined where the line is something else. */
export function framedCef(line: Buffer): Buffer | undefined {
  if (!line.includes('CEF') || !line.includes('|')) return undefined
  const record = cefRecord(line.toString('utf8').trim())
  return record === undefined ? undefined : Buffer.from(record)
}
