import { eventAt, eventsIn, type Parcel } from '@siembridge/core'

/** Octet counting (RFC 6587 section 3.4.1) for each event of a parcel. */
export function octets(parcel: Parcel): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < eventsIn(parcel); at++) {
    const event = eventAt(parcel, at)
    parts.push(Buffer.from(`${event.length} `), event)
  }
  return Buffer.concat(parts)
}

/** Bytes of a parcel on a stream. */
export const framed = (parcel: Parcel, framing: 'lines' | 'octets'): Buffer =>
  framing === 'octets' ? octets(parcel) : parcel.body
