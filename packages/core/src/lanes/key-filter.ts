/** Files of more keys than this have no filter: a byte a key is what it takes. */
const mostKeys = 4 << 20

/**
 * Says of most keys that are not in a file that they are not (Bloom 1970, eight bits and four probes a key: one in forty is
 * wrong). It is only ever asked whether a page need be read. Keys are hashes, so their own bytes are the probes.
 */
export class KeyFilter {
  private readonly bits: Uint8Array | undefined
  private readonly mask: number = 0

  constructor(keys: number) {
    if (keys > mostKeys) return
    const bits = 2 ** Math.ceil(Math.log2(Math.max(64, keys * 8)))
    this.bits = new Uint8Array(bits / 8)
    this.mask = bits - 1
  }

  /** Adds the key that stands in a page. */
  add(page: Buffer, at: number): void {
    if (!this.bits) return
    for (let probe = 0; probe < 16; probe += 4) {
      const bit = page.readUInt32BE(at + probe) & this.mask
      this.bits[bit >>> 3] = (this.bits[bit >>> 3] as number) | (1 << (bit & 7))
    }
  }

  mayHold(key: string): boolean {
    if (!this.bits) return true
    for (let probe = 0; probe < 16; probe += 4) {
      const bit =
        ((key.charCodeAt(probe) << 24) |
          (key.charCodeAt(probe + 1) << 16) |
          (key.charCodeAt(probe + 2) << 8) |
          key.charCodeAt(probe + 3)) &
        this.mask
      if ((((this.bits[bit >>> 3] as number) >> (bit & 7)) & 1) === 0) return false
    }
    return true
  }
}
