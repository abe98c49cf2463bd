import { describe, expect, test } from 'vitest'
import { checkLsx } from '../evaluate/check.ts'
import { checkCodes, type CheckCode } from '../problem.ts'
import { readLsx } from './read.ts'

const open = '<ns2:device-extension xmlns:ns2="event_parsing/device_extension">'
const regex = '<pattern id="r"><![CDATA[(a)(b)]]></pattern>'
const never = 'send-identity="OverrideAndNeverSend"'
const group = (inner: string, attributes = 'order="1"'): string => `<match-group ${attributes}>${inner}</match-group>`
const named = '<matcher field="EventName" order="1" pattern-id="r" capture-group="1"/>'
const document = (...parts: readonly string[]): string => `${[open, ...parts].join('\n')}\n</ns2:device-extension>`

const problemsOf = (text: string) => {
  const { lsx, problems } = readLsx('x.xml', text)
  return [...problems, ...(lsx ? checkLsx(lsx) : [])]
}

test('a document without a fault has none', () => {
  expect(problemsOf(document(regex, group(named)))).toEqual([])
})

/** One document a check, with the line that is to be named. Made after what published files get wrong. */
const cases: readonly (readonly [CheckCode, string, number])[] = [
  // Copied out of a browser, with its markers for folding.
  ['xml-malformed', `<?xml version="1.0" standalone="true"?>\n- ${open}`, 1],
  ['xml-malformed', `<!DOCTYPE x [<!ENTITY e "f">]>\n${open}</ns2:device-extension>`, 1],
  // Another vendor's page has http://… here.
  [
    'namespace-wrong',
    `<device-extension xmlns="http://www.ibm.com/si/pattern">${regex}${group(named)}</device-extension>`,
    1,
  ],
  ['namespace-wrong', document('<pattern id="r" xmlns="http://example.com/pattern">(a)</pattern>', group(named)), 2],
  [
    'namespace-children',
    `<device-extension xmlns="event_parsing/device_extension">\n${regex}\n${group(named)}\n</device-extension>`,
    2,
  ],
  ['element-unknown', document(regex, group(named), '<event-match pattern-id="r"><key-mapping/></event-match>'), 4],
  ['element-unknown', document(regex, group(`${named}\n<property-match property="x"/>`)), 4],
  ['element-unknown', document('<pattern id="r"><description>x</description></pattern>', group(named)), 2],
  ['element-order', document(group(named), regex), 3],
  [
    'attribute-unknown',
    document(regex, group(`\n<matcher field="EventName" order="1" pattern-id="r" capturegroup="1"/>`)),
    4,
  ],
  ['attribute-missing', document(regex, group(`\n<matcher field="EventName" order="1"/>${named}`)), 4],
  ['attribute-value', document('<pattern id="r" case-insensitive="yes">(a)</pattern>', group(named)), 2],
  ['attribute-value', document('<pattern id="x" type="JsonPath">$.a</pattern>', regex, group(named)), 2],
  ['pattern-duplicate', document(regex, regex, group(named)), 3],
  ['pattern-unknown', document(regex, group(`${named}\n<matcher field="UserName" order="1" pattern-id="R"/>`)), 4],
  [
    'pattern-kind',
    document(
      '<pattern id="k" type="JsonKeypath">/"a"</pattern>',
      regex,
      group(`${named}\n<matcher field="UserName" order="1" pattern-id="k"/>`),
    ),
    5,
  ],
  // An editor has indented what belongs to the pattern.
  ['pattern-space', document('<pattern id="r">\n  <![CDATA[(a)]]>\n</pattern>', group(named)), 2],
  ['pattern-unused', document(regex, '<pattern id="other">x</pattern>', group(named)), 3],
  ['regex-wrong', document('<pattern id="r">(a</pattern>', group(named)), 2],
  ['regex-unread', document('<pattern id="r">(a)b++</pattern>', group(named)), 2],
  [
    'keypath-wrong',
    document(
      '<pattern id="k" type="JsonKeypath">$.a.b</pattern>',
      group('<json-matcher field="EventName" order="1" pattern-id="k"/>'),
    ),
    2,
  ],
  [
    'keypath-wrong',
    document(
      '<pattern id="k" type="JsonKeypath">/"a\\"b"</pattern>',
      group('<json-matcher field="EventName" order="1" pattern-id="k"/>'),
    ),
    2,
  ],
  [
    'group-missing',
    document(regex, group('\n<matcher field="EventName" order="1" pattern-id="r" capture-group="3"/>')),
    4,
  ],
  [
    'group-missing',
    document(
      regex,
      group(
        '\n<matcher field="EventName" order="1" pattern-id="r" capture-group="\\1-\\4" enable-substitutions="true"/>',
      ),
    ),
    4,
  ],
  [
    'group-template',
    document(regex, group('\n<matcher field="EventName" order="1" pattern-id="r" capture-group="\\1"/>')),
    4,
  ],
  [
    'substitutions-unused',
    document(
      '<pattern id="k" type="JsonKeypath">/"a"</pattern>',
      group('\n<json-matcher field="EventName" order="1" pattern-id="k" enable-substitutions="true"/>'),
    ),
    4,
  ],
  [
    'severity-range',
    document(regex, group(`${named}\n<event-match-single event-name="a" severity="11" ${never}/>`)),
    4,
  ],
  ['field-unknown', document(regex, group(`${named}\n<matcher field="AlertId" order="1" pattern-id="r"/>`)), 4],
  ['event-name-missing', document(regex, group('<matcher field="UserName" order="1" pattern-id="r"/>')), 3],
  ['event-name-missing', document(regex), 1],
  ['order-duplicate', document(regex, group(`${named}\n${named}`)), 4],
  ['order-duplicate', document(regex, group(named), group(named)), 4],
  [
    'date-elsewhere',
    document(regex, group(`${named}\n<matcher field="UserName" order="1" pattern-id="r" ext-data="yyyy"/>`)),
    4,
  ],
  [
    'date-wrong',
    document(regex, group(`${named}\n<matcher field="DeviceTime" order="1" pattern-id="r" ext-data="yyyy-bb Z"/>`)),
    4,
  ],
  [
    'date-zone',
    document(
      regex,
      group(`${named}\n<matcher field="DeviceTime" order="1" pattern-id="r" ext-data="dd/MMM/YYYY:hh:mm:ss"/>`),
    ),
    4,
  ],
  // Exported from one system, read on another.
  ['type-override', document(regex, group(named, 'order="1" device-type-id-override="4001"')), 3],
  ['engine-name', document('<pattern id="r" use-default-pattern="true">(a)</pattern>', group(named)), 2],
  ['trim-doubt', document('<pattern id="r" trim-whitespace="true"> (a) </pattern>', group(named)), 2],
  [
    'identity-risk',
    document(regex, group(`${named}\n<event-match-single event-name="a" send-identity="OverrideAndAlwaysSend"/>`)),
    4,
  ],
]

describe('what is wrong is told with its line', () => {
  test.for(cases)('%s', ([code, text, line]) => {
    const found = problemsOf(text).filter((p) => p.code === code)
    expect(
      found.map((p) => p.line),
      text,
    ).toContain(line)
    expect(found[0]).toMatchObject({
      file: 'x.xml',
      message: expect.stringMatching(/\w/),
      help: expect.stringMatching(/\w/),
    })
  })

  test('there is a document for every check', () => {
    expect(new Set(cases.map(([code]) => code))).toEqual(new Set(checkCodes))
  })
})
