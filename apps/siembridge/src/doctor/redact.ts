const guid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi
const credentials = /(:\/\/)[^/@\s"']+@/g
const query = /([?&](?:sig|code|token|key|password|secret)=)[^&\s"']+/gi
const bearer = /\b(Bearer|Splunk|Basic)\s+[A-Za-z0-9+/=._-]{8,}/g
const jwt = /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g
const person = /\b[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)\b/g
// A value of such a member that is no reference may be the secret itself.
const member =
  /(["']?\b[A-Za-z_]*(?:secret|token|password|passphrase|bearer|api_key|sas)\b["']?\s*[:=]\s*)(?!["']?(?:env|file|keyvault|splunk):)(["']?)[^\s"',}]+\2/gi

/** Takes out of a text what support need not see. The same GUID or person gets the same stand-in throughout. */
export function createRedactor(): (text: string) => string {
  const known = new Map<string, string>()
  const stand = (kind: string, value: string): string => {
    const key = `${kind} ${value.toLowerCase()}`
    const made = known.get(key) ?? `${kind}-${[...known.keys()].filter((k) => k.startsWith(kind)).length + 1}`
    known.set(key, made)
    return made
  }
  return (text) =>
    text
      .replace(member, '$1$2***$2')
      .replace(credentials, '$1***@')
      .replace(query, '$1***')
      .replace(bearer, '$1 ***')
      .replace(jwt, '***')
      .replace(guid, (id) => stand('guid', id))
      .replace(person, (address) => stand('person', address))
}
