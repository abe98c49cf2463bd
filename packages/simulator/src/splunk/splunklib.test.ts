import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, test } from 'vitest'
import { openSplunk, type SimulatedSplunk } from './splunk.ts'
import { rest, until } from './testing/rest.ts'
import { packed } from './testing/stub-app.ts'
import { type DocumentEncoding, encodeDocument, inputDocument, validationDocument } from './xml/documents.ts'

const python = process.env.SIEMBRIDGE_PYTHON ?? 'python3'
const found = spawnSync(python, ['-c', 'import splunklib.modularinput']).status === 0
const suite = found
  ? 'splunklib'
  : 'splunklib (needs splunk-sdk of the Python registry; SIEMBRIDGE_PYTHON names the Python that has it)'

const facts = { host: 'h', uri: 'https://127.0.0.1:8089', sessionKey: 'k<&>', checkpointDir: '/var/ch "k"' }
const encodings: readonly DocumentEncoding[] = ['utf-8', 'utf-16']

/** What splunklib makes of a document: its own classes, as JSON. */
function readBy(script: string, document: Buffer): unknown {
  const program = `import io, json, sys\nfrom splunklib.modularinput.input_definition import InputDefinition\nfrom splunklib.modularinput.validation_definition import ValidationDefinition\nstream = io.BytesIO(sys.stdin.buffer.read())\n${script}`
  const { stdout, stderr, status } = spawnSync(python, ['-c', program], { input: document, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

describe.skipIf(!found)(suite, () => {
  test.for(encodings)('reads our input documents in %s', (encoding) => {
    const params = { account: 'gräf <&>', streams: ['a', 'b'] }
    const document = encodeDocument(inputDocument(facts, [{ name: 'contoso://prod', app: 'search', params }]), encoding)
    expect(
      readBy(
        'd = InputDefinition.parse(stream)\nprint(json.dumps({"inputs": d.inputs, "metadata": d.metadata}))',
        document,
      ),
    ).toEqual({
      inputs: { 'contoso://prod': { account: 'gräf <&>', streams: ['a', 'b'], __app: 'search' } },
      metadata: { server_host: 'h', server_uri: facts.uri, session_key: 'k<&>', checkpoint_dir: '/var/ch "k"' },
    })
  })

  test.for(encodings)('reads our validation documents in %s', (encoding) => {
    const document = encodeDocument(validationDocument(facts, 'prod', { account: 'gräf' }), encoding)
    expect(
      readBy(
        'd = ValidationDefinition.parse(stream)\nprint(json.dumps({"parameters": d.parameters, "metadata": d.metadata}))',
        document,
      ),
    ).toMatchObject({
      parameters: { account: 'gräf' },
      metadata: { name: 'prod', session_key: 'k<&>' },
    })
  })

  let splunk: SimulatedSplunk | undefined
  afterEach(async () => {
    await splunk?.stop()
    splunk = undefined
  })

  // An input that somebody else's library makes: what splunkd and an input say to each other, from the other side.
  const script = `
import sys
from splunklib.modularinput import Argument, Event, EventWriter, Scheme, Script

class Contoso(Script):
    def get_scheme(self):
        scheme = Scheme("Contoso from Python")
        scheme.use_external_validation = True
        scheme.use_single_instance = True
        scheme.add_argument(Argument("account", title="Account", required_on_create=True, data_type=Argument.data_type_string))
        return scheme
    def validate_input(self, definition):
        if definition.parameters["account"] == "bad":
            raise ValueError("no account <bad>")
    def stream_events(self, inputs, ew):
        for name, item in inputs.inputs.items():
            ew.log(EventWriter.INFO, "reading " + name)
            ew.write_event(Event(data='{"account": "' + item["account"] + '"}', stanza=name, time="1372187084.000", sourcetype="contoso:python", index="security", host="h", source="s"))

if __name__ == "__main__":
    sys.exit(Contoso().run(sys.argv))
`

  // In UTF-8 alone: it reads standard input as text, and takes UTF-16 only from a stream of bytes.
  test('inputs that are made with it run', async () => {
    splunk = await openSplunk({ python })
    await splunk.install(
      packed('contoso_app', {
        'README/inputs.conf.spec': '[contoso://<name>]\naccount = <text>\n',
        'default/inputs.conf': '[contoso]\nstart_by_shell = false\ninterval = -1\n',
        'bin/contoso.py': script,
      }),
    )
    expect(splunk.log.filter(({ level }) => level === 'ERROR')).toEqual([])
    expect(splunk.schemes[0]?.document).toMatchObject({
      title: 'Contoso from Python',
      externalValidation: true,
      singleInstance: true,
      streamingMode: 'xml',
      args: [{ name: 'account', requiredOnCreate: true, dataType: 'string' }],
    })
    const path = '/servicesNS/nobody/contoso_app/data/inputs/contoso'
    expect((await rest(splunk, path, { form: { name: 'prod', account: 'bad' } })).json.messages[0].text).toContain(
      'no account <bad>',
    )
    expect((await rest(splunk, path, { form: { name: 'prod', account: 'gräf' } })).status).toBe(201)
    const events = splunk.events
    await until('an event', () => events.length === 1)
    expect(events[0]).toMatchObject({
      raw: '{"account": "gräf"}',
      timeMs: 1_372_187_084_000,
      sourcetype: 'contoso:python',
      index: 'security',
      host: 'h',
      source: 's',
      stanza: 'contoso://prod',
    })
    expect(
      splunk.log.some(({ level, message }) => level === 'INFO' && message.endsWith('reading contoso://prod')),
    ).toBe(true)
  })
})
