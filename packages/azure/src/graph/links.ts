import { SiembridgeError } from '@siembridge/core'

/** Follows the addresses of next pages: only to the host that was asked, and none twice. */
export class Links {
  readonly #origin: string
  readonly #subject: string
  readonly #seen = new Set<string>()
  constructor(origin: string, subject: string) {
    this.#origin = origin
    this.#subject = subject
  }

  /** The next address in full. Throws `NextLinkForeign` and `NextLinkLoop`. */
  follow(link: string, base: string): string {
    const url = URL.parse(link, base)
    // user@host and backslashes end up in `origin` as the host that would really be asked.
    if (url?.origin !== this.#origin || url.username !== '')
      throw new SiembridgeError('NextLinkForeign', this.#subject, url?.host)
    if (this.#seen.has(link)) throw new SiembridgeError('NextLinkLoop', this.#subject)
    this.#seen.add(link)
    // The link is opaque: what is whole is used as it stands.
    return /^https?:\/\//i.test(link) ? link : url.href
  }
}
