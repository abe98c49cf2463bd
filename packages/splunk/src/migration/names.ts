import { sha256 } from '@siembridge/engine/sha256'

/** Tag of an input's state in the collection of states, as the program of the inputs makes it. */
export const stateTag = (stanza: string): string => sha256(new TextEncoder().encode(stanza)).slice(0, 24)

/** Names that are given out: each once, and none that has been an input before, for its state would say where to go on. */
export class Names {
  private readonly taken: Set<string>
  private readonly tags: ReadonlySet<string>

  constructor(taken: readonly string[], tags: ReadonlySet<string> = new Set()) {
    this.taken = new Set(taken)
    this.tags = tags
  }

  /** The name itself, or with a number behind it; `prefix` is what stands before it in what is taken. */
  free(wanted: string, prefix = ''): string {
    const clean = wanted.replaceAll(/[^\w.-]+/g, '_').replace(/^[^0-9A-Za-z]+/, '') || 'input'
    for (let number = 1; ; number++) {
      const name = number === 1 ? clean : `${clean}_${number}`
      const full = prefix + name
      if (this.taken.has(full) || this.tags.has(stateTag(full))) continue
      this.taken.add(full)
      return name
    }
  }
}
