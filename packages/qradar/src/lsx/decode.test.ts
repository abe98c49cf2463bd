import { expect, test } from 'vitest'
import { loadLsx } from '../verify/lsx-way.ts'

const document = (encoding: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?>
<ns2:device-extension xmlns:ns2="event_parsing/device_extension">
<pattern id="n" type="JsonKeypath">/"caf\u00e9"</pattern>
<match-group order="1"><json-matcher field="EventName" order="1" pattern-id="n"/></match-group></ns2:device-extension>`

const load = (content: Uint8Array) => loadLsx({ path: 'own.xml', content })
const mark = (bytes: readonly number[], rest: Buffer): Buffer => Buffer.concat([Buffer.from(bytes), rest])

test.for<[string, Buffer]>([
  ['UTF-8', Buffer.from(document('UTF-8'))],
  ['UTF-8 with a mark', mark([0xef, 0xbb, 0xbf], Buffer.from(document('UTF-8')))],
  ['UTF-16, little end first', mark([0xff, 0xfe], Buffer.from(document('UTF-16'), 'utf16le'))],
  ['UTF-16, big end first', mark([0xfe, 0xff], Buffer.from(document('UTF-16'), 'utf16le').swap16())],
  ['ISO-8859-1', Buffer.from(document('ISO-8859-1'), 'latin1')],
])('an extension in %s is read', ([, bytes]) => {
  const { loaded, problems } = load(bytes)
  expect(problems.filter(({ level }) => level === 'error')).toEqual([])
  expect(loaded?.lsx.patterns.get('n')?.text).toBe('/"caf\u00e9"')
})

test.for<[string, Buffer, RegExp]>([
  ['bytes that are no UTF-8', Buffer.from(document('UTF-8'), 'latin1'), /its bytes are not UTF-8/],
  ['an encoding of nobody', Buffer.from(document('x-nobody')), /there is no encoding "x-nobody"/],
])('%s are told', ([, bytes, message]) => {
  const { loaded, problems } = load(bytes)
  expect(loaded).toBeUndefined()
  expect(problems).toMatchObject([
    { code: 'xml-malformed', level: 'error', file: 'own.xml', line: 1, message: expect.stringMatching(message) },
  ])
})
