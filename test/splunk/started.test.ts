import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../apps/splunk-addon/dist/bundle/siembridge.cjs', import.meta.url))
const document = `<input><server_host>splunk.contoso.com</server_host><server_uri>https://127.0.0.1:1</server_uri>
<session_key>k</session_key><checkpoint_dir>/nowhere</checkpoint_dir><configuration>
<stanza name="siembridge_alerts://a" app="search"><param name="account">contoso</param></stanza></configuration></input>`

/** The script of the add-on in a shell, started with `rest`. */
const started = (rest: string, env: NodeJS.ProcessEnv = {}, input = document) =>
  spawnSync('/bin/sh', ['-c', `"$NODE" "$SCRIPT" --input siembridge_alerts ${rest}`], {
    env: { NODE: process.execPath, SCRIPT: script, ...env },
    input,
    encoding: 'utf8',
  })

const windows = process.platform === 'win32'
describe.skipIf(windows)(`the program of an input${windows ? ' (needs a system with sh)' : ''}`, () => {
  test.for(['>&-', '>/dev/null'])('collects nothing where its standard output leads nowhere: %s', (rest) => {
    const { status, stderr } = started(rest)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^ERROR siembridge siembridge_alerts: standard output is closed or \/dev\/null/)
  })

  test.for([
    ['nothing', ''],
    ['no XML', 'account = contoso'],
    ['half a document', document.slice(0, 200)],
    ['another document', '<scheme/>'],
  ] as const)('says in one line what is wrong with its standard input: %s', ([, input]) => {
    const { status, stdout, stderr } = started('', {}, input)
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^ERROR siembridge siembridge_alerts: [^\n]+\n$/)
  })

  test.for([
    {},
    { LANG: 'C', LC_ALL: 'POSIX', TZ: 'Nowhere/Odd' },
    { HOME: '/nonexistent', SPLUNK_HOME: '/opt/two words' },
  ])('introduces itself whatever its environment is: %j', (env) => {
    const { status, stdout, stderr } = started('--scheme', env, '')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^<scheme>\n/)
  })
})
