/** The grammar of the filter language. `parse.ts` is its parser; the page docs/filter.md is generated from here. */
export const filterGrammar = `filter  = and { "or" and }
and     = not { "and" not }
not     = "not" not | "(" filter ")" | test
test    = field ( "==" | "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
        | field ( "contains" | "startswith" | "endswith" | "like" ) value
        | field [ "not" ] "in" ( value | "(" value { "," value } ")" )
        | field "exists"
field   = a name of the dictionary | "severity" | "type" | "signature" | "tenant" | "time"
value   = word | "'" text "'" | '"' text '"'
word    = any characters but white space, quotes, parentheses, comma, "<", ">", "=" and "!"`

/** What the grammar does not say. */
export const filterRules: readonly string[] = [
  'Comparisons ignore ASCII case. Words of the language may be written in any case; names of fields may not.',
  '`and` binds more tightly than `or`, `not` more tightly than both.',
  'A field with several values passes where any of them does. `!=` and `not in` pass where none is equal, also where the field is absent. Every other test fails where the field is absent.',
  '`<`, `<=`, `>` and `>=` need a field with an order: `severity`, numbers, ports and dates.',
  'In `like`, `*` stands for any run of characters, and the pattern must fit the whole value.',
  'For fields of type `ip`, `in`, `==` and `!=` take networks (`10.0.0.0/8`, `2001:db8::/32`) as well as addresses.',
  'Dates compare as moments, and may be written in any of the documented forms; in quotes where one holds a space.',
  'Inside quotes everything stands for itself; a text that holds one kind of quote goes between the other kind.',
  '`type` is the id of the log type, `signature` the id of the event class, `time` the time of the event.',
]

/** Examples with what they keep. */
export const filterExamples: readonly (readonly [filter: string, keeps: string])[] = [
  ['severity >= medium', 'events of medium, high and critical severity'],
  ['severity >= medium and source.ip in 10.0.0.0/8', 'those of them that come from a network'],
  ['type like entra.* and event.outcome == failure', 'failures of every Entra log type'],
  ['type in (xdr.alert, defender-cloud.alert)', 'alerts of two products'],
  ['user.name endswith @contoso.com or user.email endswith @contoso.com', 'users of one domain'],
  ["not source.ip in (198.51.100.0/24, '2001:db8::/32')", 'what comes from elsewhere, or from no known address'],
  [
    "signature == 'Add member to role.' or event.action contains 'role'",
    'one event class, and actions that name a role',
  ],
  ["time >= '2026-01-01T00:00:00Z' and http.response.status_code >= 400", 'failed requests since a moment'],
  ['file.hash.sha256 exists and not (severity == low)', 'events that carry a file hash, low ones apart'],
]
