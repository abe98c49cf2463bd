import { PassThrough } from 'node:stream'
import { hecEnvelope } from '@siembridge/formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readInputDocument } from './document.ts'
import { EventEncoder, eventXml } from './event-encoder.ts'
import { readPassword } from './passwords.ts'
import { readDocument } from './read-stdin.ts'
import { refusalDocument, schemeDocument } from './scheme-document.ts'
import type { Splunkd } from './splunkd.ts'
import { readXml, type XmlElement } from './xml.ts'

const textOf = (element: XmlElement, name: string): string | undefined =>
  element.children.find((child) => child.name === name)?.text

const document = `<?xml version="1.0"?>
<input xmlns:xsi="urn:x">
  <server_host>splunk.contoso.com</server_host><server_uri>https://127.0.0.1:8089</server_uri>
  <session_key>key&amp;</session_key><checkpoint_dir>/var/x</checkpoint_dir>
  <configuration>
    <stanza name="siembridge_alerts://über" app="search">
      <param name="account"> contoso </param>
      <param_list name="streams"><value>alerts</value><value>incidents</value></param_list>
    </stanza>
  </configuration>
</input>`

describe('the document on standard input', () => {
  const utf16 = Buffer.from(`\u{FEFF}${document}`, 'utf16le')
  test.for([
    ['UTF-8', Buffer.from(document)],
    ['UTF-8 with a byte order mark', Buffer.from(`\u{FEFF}${document}`)],
    ['UTF-16, little-endian', utf16],
    ['UTF-16, big-endian', Buffer.from(utf16).swap16()],
  ] as const)('is read in %s, in any pieces, though the pipe stays open', async ([, bytes]) => {
    for (const size of [1, 7, bytes.length]) {
      const input = new PassThrough()
      const read = readDocument(input)
      for (let at = 0; at < bytes.length; at += size) input.write(bytes.subarray(at, at + size))
      const { server, stanzas } = readInputDocument(await read)
      expect(server).toEqual({
        host: 'splunk.contoso.com',
        uri: 'https://127.0.0.1:8089',
        sessionKey: 'key&',
        checkpointDir: '/var/x',
      })
      expect(stanzas).toEqual([
        {
          name: 'siembridge_alerts://über',
          app: 'search',
          params: { account: 'contoso', streams: 'alerts,incidents' },
        },
      ])
    }
  })

  test('is read to its end where the closing tag is written otherwise', async () => {
    const input = new PassThrough()
    input.end('<input><configuration/></input >')
    expect(readInputDocument(await readDocument(input)).stanzas).toEqual([])
  })

  test('is given up where nothing whole comes in time', async () => {
    const input = new PassThrough()
    input.write('<input>')
    await expect(readDocument(input, 20)).rejects.toThrow('no whole document')
  })

  test('to validate has the name alone', () => {
    const text = '<items><server_host>h</server_host><item name="prod"><param name="account">a</param></item></items>'
    expect(readInputDocument(text).stanzas).toEqual([{ name: 'prod', app: '', params: { account: 'a' } }])
  })

  test.for(['<other/>', '<input>', 'no XML'])('%s is refused', (text) => {
    expect(() => readInputDocument(text)).toThrow()
  })
})

describe('an event of the stream', () => {
  const meta = { stanza: 'siembridge_alerts://a&"b', index: 'security', host: undefined }

  test('has what the envelope says and what the input says, and the bytes of the event', () => {
    const event = '{"a":1.0,"b":"<x> & \\"y\\" ,\\"event\\":","c":{"fields":{"d":1}}}'
    const envelope = hecEnvelope({
      timeMs: 1_753_372_800_123,
      source: 'siembridge:xdr.alert',
      sourcetype: 'ms365:defender:incident:alerts',
      event,
      fields: { sb_type: 'xdr.alert' },
    })
    const read = readXml(eventXml(envelope, meta))
    expect(read.attributes).toEqual({ stanza: 'siembridge_alerts://a&"b' })
    expect(read.children.map(({ name, text }) => [name, text])).toEqual([
      ['time', '1753372800.123'],
      ['source', 'siembridge:xdr.alert'],
      ['sourcetype', 'ms365:defender:incident:alerts'],
      ['index', 'security'],
      ['data', event],
    ])
  })

  test('without a time, or with one before 1970, leaves it to Splunk', () => {
    for (const timeMs of [undefined, -5000]) {
      const envelope = hecEnvelope({ ...(timeMs !== undefined && { timeMs }), sourcetype: 's', event: '{}' })
      expect(textOf(readXml(eventXml(envelope, meta)), 'time')).toBeUndefined()
    }
  })

  test('says the same JSON whatever text it holds, on one line of XML', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom('', '\u{FFFE}', '\u{FFFF}', '\uD800', '\uDC00'),
        (text, odd) => {
          // Texts that are not escaped more than JSON asks for, as they come in UTF-8.
          const json = JSON.stringify({ k: text }).replace('}', '') + (odd === '' ? '}' : `,"o":"${odd}"}`)
          const line = eventXml(hecEnvelope({ sourcetype: text, event: json, fields: { f: text } }), meta)
          expect(line).not.toContain('\n')
          const read = readXml(line)
          expect(JSON.parse(textOf(read, 'data') ?? '')).toEqual(JSON.parse(json))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('comes of each line of the encoder within', () => {
    const lines: string[] = []
    const encoder = new EventEncoder(
      {
        encode: (_, __, change, out) => {
          out.line(hecEnvelope({ sourcetype: String(change), event: '1' }), 'utf8')
          out.line(hecEnvelope({ sourcetype: 's', event: '2' }), 'utf8')
          return 2
        },
      },
      { stanza: 'x' },
    )
    const out = { line: (text: string) => void lines.push(text), size: 0, back: () => undefined }
    expect(encoder.encode(Buffer.alloc(0), undefined, 'updated', out)).toBe(2)
    expect(lines.map((line) => textOf(readXml(line), 'data'))).toEqual(['1', '2'])
  })
})

test('a scheme and a refusal are XML, whatever their texts hold', () => {
  const scheme = schemeDocument({
    title: 'A & B',
    description: '<all>',
    arguments: [{ name: 'account', title: '"A"', description: 'x', required: true }],
  })
  const read = readXml(scheme)
  expect([textOf(read, 'title'), textOf(read, 'use_single_instance'), textOf(read, 'streaming_mode')]).toEqual([
    'A & B',
    'true',
    'xml',
  ])
  expect(readXml(refusalDocument('a < b & c')).children[0]?.text).toBe('a < b & c')
})

describe('a secret of storage/passwords', () => {
  const splunkd = (entries: Readonly<Record<string, string>>): Splunkd =>
    ({
      list: () =>
        Promise.resolve(
          Object.entries(entries).map(([username, clear]) => ({
            name: '',
            content: { realm: 'r', username, clear_password: clear },
          })),
        ),
    }) as unknown as Splunkd

  test('is one entry, or those that are numbered', async () => {
    expect(await readPassword(splunkd({ a: 'whole' }), 'r', 'a')).toBe('whole')
    expect(await readPassword(splunkd({ 'a#2': 'B', 'a#1': 'A', 'a#4': 'D', 'b#3': 'C' }), 'r', 'a')).toBe('AB')
  })

  test('that is not there is told by its reference', async () => {
    await expect(readPassword(splunkd({ a: 'x' }), 'r', 'b')).rejects.toThrow('splunk:r/b')
    await expect(readPassword(splunkd({ a: 'x' }), 'other', 'a')).rejects.toMatchObject({ code: 'SecretMissing' })
  })
})
