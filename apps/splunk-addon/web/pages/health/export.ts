import type { InputStatus } from '../../splunk/status.ts'

/** Positions of an input as a file: for a ticket, or to compare later. */
export function exportPositions({ stanza, tenant, writtenMs, streams }: InputStatus): void {
  const positions = streams.map(({ stream, collectedToMs, position }) => ({
    stream,
    collectedTo: collectedToMs === undefined ? undefined : new Date(collectedToMs).toISOString(),
    position: position === undefined ? undefined : (JSON.parse(position) as unknown),
  }))
  const text = JSON.stringify({ input: stanza, tenant, at: new Date(writtenMs).toISOString(), positions }, undefined, 2)
  const url = URL.createObjectURL(new Blob([`${text}\n`], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), {
    href: url,
    download: `${stanza.replaceAll(/[^\w.-]+/g, '-')}-checkpoints.json`,
  })
  link.click()
  URL.revokeObjectURL(url)
}
