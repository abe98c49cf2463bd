const marks = [
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
] as const

/** An encoding as a declaration names it ("Extensible Markup Language", 4.3.3). */
const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/

/** The text of a document by its byte order mark or its declaration, else UTF-8; or why it cannot be read. */
export function decodeXml(bytes: Uint8Array): { readonly text: string } | { readonly problem: string } {
  const encoding = encodingOf(bytes)
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) }
  } catch (error) {
    // RangeError: the label is unknown; TypeError: bytes that the encoding does not have.
    return {
      problem: error instanceof RangeError ? `there is no encoding "${encoding}"` : `its bytes are not ${encoding}`,
    }
  }
}

function encodingOf(bytes: Uint8Array): string {
  const marked = marks.find(([mark]) => mark.every((byte, at) => bytes[at] === byte))
  if (marked) return marked[1]
  return (
    declared.exec(Buffer.from(bytes.subarray(0, 200)).toString('latin1').replace('\u00ef\u00bb\u00bf', ''))?.[1] ??
    'utf-8'
  )
}
