/**
 * The MSG part as it goes on the wire: CR, LF and NUL become spaces, because newline framing (RFC 6587 section 3.4.2)
 * ends a record at LF and C receivers end a text at NUL; byte order marks at the start go, because receivers that
 * look for `CEF:` there do not expect them (RFC 5424 section 6.4 makes them optional). TAB stays: LEEF needs it.
 */
export function syslogMessage(text: string): string {
  const plain = isOneLine(text) ? text : text.replace(/[\0\r\n]/g, ' ')
  return withoutBom(plain)
}

/** Removes byte order marks at the start, also when the text holds UTF-8 bytes as latin1. */
export function withoutBom(text: string): string {
  const first = text.charCodeAt(0)
  return first === 0xfeff || first === 0xef ? text.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)+/, '') : text
}

// Three searches for one char are faster than one regular expression over a long text.
function isOneLine(text: string): boolean {
  return !text.includes('\n') && !text.includes('\r') && !text.includes('\0')
}
