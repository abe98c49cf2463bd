/**
 * Cookies of load balancers, which keep a channel at one indexer: acknowledgements are known there only (Splunk, "About HTTP
 * Event Collector Indexer Acknowledgment").
 */
export class Cookies {
  private readonly values = new Map<string, string>()

  /** Takes `Set-Cookie` headers, joined by commas. Attributes are of no matter: there is one host. */
  take(header: string | undefined): void {
    // A comma also stands in the date of Expires; what begins a cookie is a name and "=".
    for (const cookie of header?.split(/,(?=\s*[^\s,;=]+=)/) ?? []) {
      const [, name, value] = /^\s*([^\s=]+)=([^;]*)/.exec(cookie) ?? []
      if (name !== undefined && value !== undefined) this.values.set(name, value)
    }
  }

  header(): string {
    return [...this.values].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}
