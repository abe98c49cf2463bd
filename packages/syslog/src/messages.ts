/** Messages of a buffer, one a line. */
export function messagesOf(lines: Buffer): Buffer[] {
  const messages: Buffer[] = []
  let from = 0
  for (let at = lines.indexOf(10); at >= 0; at = lines.indexOf(10, from)) {
    if (at > from) messages.push(Buffer.from(lines.subarray(from, at)))
    from = at + 1
  }
  return messages
}
