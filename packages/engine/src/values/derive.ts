import type { Derivation } from '@siembridge/catalog'
import { lowerAscii } from './text.ts'

const url = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::\d+)?([^?#]*)(?:\?([^#]*))?/

/** What the dictionary computes out of another field's value; undefined where there is nothing to compute. */
export const derivations: Readonly<Record<Derivation, (text: string) => string | undefined>> = {
  'user-domain': userDomain,
  'url-scheme': (text) => {
    const scheme = url.exec(text)?.[1]
    return scheme && lowerAscii(scheme)
  },
  'url-domain': (text) => {
    const host = url.exec(text)?.[2]
    return host ? lowerAscii(host.replace(/^\[|\]$/g, '')) : undefined
  },
  'url-path': (text) => url.exec(text)?.[3] || undefined,
  'url-query': (text) => url.exec(text)?.[4] || undefined,
  extension: (text) => {
    const at = text.lastIndexOf('.')
    return at > 0 && at < text.length - 1 && text.length - at <= 17 ? lowerAscii(text.slice(at + 1)) : undefined
  },
  basename: (text) => text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1) || undefined,
}

/** `user@domain`, `DOMAIN\user`. */
function userDomain(text: string): string | undefined {
  const slash = text.indexOf('\\')
  if (slash > 0) return text.slice(0, slash)
  const at = text.lastIndexOf('@')
  return at > 0 && at < text.length - 1 ? text.slice(at + 1) : undefined
}
