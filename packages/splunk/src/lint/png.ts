const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Width and height in pixels by the header of a PNG (RFC 2083); undefined where it is none. */
export function pngSize(bytes: Buffer): readonly [number, number] | undefined {
  if (bytes.length < 24 || !bytes.subarray(0, 8).equals(signature) || bytes.toString('latin1', 12, 16) !== 'IHDR')
    return undefined
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}
