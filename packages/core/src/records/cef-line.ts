import { cefRecord } from '@siembridge/formats'

/** What `framedCef` loads. */
export function readCefLine(line: Buffer): Buffer | undefined {
  const record = cefRecord(line.toString('utf8').trim())
  return record === undefined ? undefined : Buffer.from(record)
}
