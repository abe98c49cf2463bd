import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runtimePlatforms, unixLauncher, windowsLauncher } from './launchers.ts'

const windows = process.platform === 'win32'
const suite = windows ? 'the launcher for Linux (needs a system with sh)' : 'the launcher for Linux'

describe.skipIf(windows)(suite, () => {
  let folder = ''
  const at = (path: string): string => join(folder, path)
  // What sh needs, without any Node.
  const bare = '/usr/bin:/bin'

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'siembridge launcher '))
    mkdirSync(at('app/bin'), { recursive: true })
    writeFileSync(at('app/bin/contoso.sh'), unixLauncher('contoso'), { mode: 0o755 })
    writeFileSync(
      at('app/bin/siembridge.cjs'),
      `process.on('SIGTERM', () => { console.log('"ended"'); process.exit(0) })
console.log(JSON.stringify({ node: process.execPath, args: process.argv.slice(2), env: process.env.LD_LIBRARY_PATH ?? null }))
if (process.argv.includes('wait')) setInterval(() => {}, 1000)
process.stdin.on('data', (bytes) => console.log(JSON.stringify(String(bytes))))
if (!process.argv.includes('wait')) process.stdin.on('end', () => process.exit(0))
`,
    )
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const fake = (path: string, script: string): string => {
    mkdirSync(join(at(path), '..'), { recursive: true })
    writeFileSync(at(path), `#!/bin/sh\n${script}\n`)
    chmodSync(at(path), 0o755)
    return at(path)
  }
  const run = (env: Record<string, string>, ...args: string[]): ReturnType<typeof spawnSync> =>
    spawnSync(at('app/bin/contoso.sh'), args, { env: { PATH: bare, ...env }, input: 'in', encoding: 'utf8' })
  const said = (done: ReturnType<typeof spawnSync>): unknown[] =>
    String(done.stdout)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)

  test('passes arguments whole and the input on, and takes away what would mislead Node', () => {
    const done = run({ SIEMBRIDGE_NODE: process.execPath, LD_LIBRARY_PATH: '/opt/splunk/lib' }, '--scheme', 'two words')
    expect(done.status).toBe(0)
    expect(said(done)).toEqual([
      { node: process.execPath, args: ['--input', 'contoso', '--scheme', 'two words'], env: null },
      'in',
    ])
  })

  test('takes Node in the order of its search: the variable, the package, Splunk, the PATH', () => {
    mkdirSync(at('nodes'))
    symlinkSync(process.execPath, at('nodes/node'))
    const told = fake('told', 'exec "$REAL" "$@"')
    const machine = `${process.platform === 'linux' ? 'Linux' : 'other'}-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}`
    const platform = Object.entries(runtimePlatforms).find(([, one]) => one.machine === machine)?.[0]
    const mark = (name: string): string => `[ "$1" = -e ] || echo '"${name}"'; exec "$REAL" "$@"`
    fake('told', mark('told'))
    fake('splunk/bin/node', mark('splunk'))
    fake('nodes/bin/node', mark('path'))
    if (platform) fake(`app/bin/runtime/${platform}/node`, mark('package'))
    const env = { REAL: process.execPath, SPLUNK_HOME: at('splunk'), PATH: `${at('nodes/bin')}:${bare}` }
    expect(said(run({ ...env, SIEMBRIDGE_NODE: told }))[0]).toBe('told')
    if (platform) expect(said(run(env))[0]).toBe('package')
    rmSync(at('app/bin/runtime'), { recursive: true, force: true })
    expect(said(run(env))[0]).toBe('splunk')
    rmSync(at('splunk'), { recursive: true })
    expect(said(run(env))[0]).toBe('path')
  })

  test('passes over a Node that is too old', () => {
    fake('splunk/bin/node', 'exit 1')
    mkdirSync(at('nodes'))
    symlinkSync(process.execPath, at('nodes/node'))
    const done = run({ SPLUNK_HOME: at('splunk'), PATH: `${at('nodes')}:${bare}` })
    expect(done.status).toBe(0)
    expect(said(done)[0]).toMatchObject({ args: ['--input', 'contoso'] })
  })

  test('says what is missing where there is no Node, and fails', () => {
    const tools = at('tools')
    mkdirSync(tools)
    for (const tool of ['dirname', 'uname'])
      symlinkSync(spawnSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).stdout.trim(), join(tools, tool))
    const done = spawnSync('/bin/sh', [at('app/bin/contoso.sh'), '--scheme'], {
      env: { PATH: tools },
      encoding: 'utf8',
    })
    expect(done.status).toBe(1)
    expect(done.stdout).toBe('')
    expect(done.stderr).toMatch(/^FATAL siembridge: no Node\.js 22 or newer was found/)
  })

  test('needs nothing on the PATH where Node is told', () => {
    const done = run({ SIEMBRIDGE_NODE: process.execPath, PATH: at('nowhere') })
    expect([done.status, done.stderr]).toEqual([0, ''])
    expect(said(done)[0]).toMatchObject({ args: ['--input', 'contoso'] })
  })

  test('is found from its own folder too', () => {
    const options = { cwd: at('app/bin'), env: { PATH: bare, SIEMBRIDGE_NODE: process.execPath }, input: '' }
    expect(said(spawnSync('sh', ['contoso.sh'], { ...options, encoding: 'utf8' }))[0]).toMatchObject({
      args: ['--input', 'contoso'],
    })
  })

  test('a signal reaches the script, for the launcher is no longer there', async () => {
    const child = spawn(at('app/bin/contoso.sh'), ['wait'], { env: { PATH: bare, SIEMBRIDGE_NODE: process.execPath } })
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(stdout.trim().split('\n').at(-1)).toBe('"ended"')
  })
})

test('the launcher for Windows asks every Node that it finds how old it is, in the order of the search', () => {
  const lines = windowsLauncher('contoso').split('\r\n')
  const places = lines.flatMap((line) => /call :try "(.*)"$/.exec(line)?.[1] ?? [])
  expect(places).toEqual([
    '%SIEMBRIDGE_NODE%',
    String.raw`%~dp0runtime\windows_x86_64\node.exe`,
    String.raw`%SPLUNK_HOME%\bin\node.exe`,
    '%%~$PATH:p',
  ])
  const setters = lines.filter((line) => line.includes('set "found=%~1"'))
  expect(setters).toEqual([expect.stringMatching(/^"%~1" -e "process\.exit\(parseInt.* < 22 \? 1 : 0\)" .* && set/)])
})
