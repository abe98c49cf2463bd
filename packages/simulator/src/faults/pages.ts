import type { Call, Page, Reply } from '../http/call.ts'
import type { Fault } from './fault.ts'

/** The page with the fault in it. Pages that repeat or go nowhere still show their records. */
export function changePage(page: Page, call: Call, fault: Fault): Partial<Reply> {
  switch (fault.kind) {
    // The next link leads back to this page; only when the rule is spent, the page leads on.
    case 'duplicate-page':
    case 'next-link-loop':
      return { page: { ...page, nextLink: `${call.base}${call.target}` } }
    case 'shuffled-page':
      return { page: { ...page, items: page.items?.toReversed() } }
    case 'next-link-null':
      return { page: { ...page, nextLink: page.nextLink ?? null } }
    case 'value-missing':
      return withoutItems({ ...page, items: undefined })
    case 'value-null':
      return withoutItems({ ...page, items: null })
    default:
      return page.nextLink ? { page: { ...page, nextLink: changeLink(page.nextLink, fault) } } : {}
  }
}

function withoutItems(page: Page): Partial<Reply> {
  return { page, onServed: () => {} }
}

function changeLink(link: string, fault: Fault): string {
  const url = new URL(link)
  if (fault.kind === 'next-link-relative') return `${url.pathname}${url.search}`
  if (fault.kind === 'next-link-other-host') return link.replace(url.host, fault.host ?? 'graph.attacker.example')
  if (fault.kind === 'next-link-expired') return link.replace(/(skiptoken=)[^&]+/, '$1expired')
  return link
}
