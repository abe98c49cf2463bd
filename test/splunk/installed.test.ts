import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createEngine, Output } from '@siembridge/engine'
import { isProblem, readHec } from '@siembridge/formats'
import { administrator, openSplunk, type SimulatedSplunk } from '@siembridge/simulator'
import { loadKnowledge, searchTime } from '@siembridge/splunk/knowledge'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { samples } from '../samples.ts'

const packager = fileURLToPath(new URL('../../apps/splunk-addon/dist/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'siembridge-package-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const packageSplunk = (...args: string[]): ReturnType<typeof spawnSync> =>
  spawnSync(process.execPath, [packager, ...args], { encoding: 'utf8' })

/**
 * A script in the place of the add-on's own: it introduces itself, and streams the lines of a file: what the converter makes of
 * samples. What is tested here is the package around it, the simulated Splunk, and the knowledge objects in the package.
 */
const script = (lines: string): string => `
const fs = require('fs')
if (process.argv.includes('--scheme')) {
  const args = ['account', 'streams', 'start', 'look_every', 'sourcetypes'].map((name) => '<arg name="' + name + '"><required_on_create>' + (name === 'account') + '</required_on_create></arg>').join('')
  console.log('<scheme><title>' + process.argv[process.argv.indexOf('--input') + 1] + '</title><use_single_instance>true</use_single_instance><streaming_mode>xml</streaming_mode><endpoint><args>' + args + '</args></endpoint></scheme>')
} else {
  const document = fs.readFileSync(0, 'utf8')
  const stanza = document.match(/<stanza name="([^"]*)"/)[1]
  const service = { siembridge_alerts: 'xdr:', siembridge_entra_id: 'entra:', siembridge_office_365: 'o365:' }[stanza.split(':')[0]]
  const text = (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  process.stdout.write('<stream>')
  for (const line of fs.readFileSync(${JSON.stringify(lines)}, 'utf8').split('\\n')) {
    if (line === '') continue
    const { time, sourcetype, event } = JSON.parse(line)
    if (!sourcetype.startsWith('siembridge:' + service)) continue
    process.stdout.write('<event stanza="' + stanza + '">' + (time === undefined ? '' : '<time>' + time.toFixed(3) + '</time>') + '<sourcetype>' + sourcetype + '</sourcetype><data>' + text(JSON.stringify(event)) + '</data></event>')
  }
  process.stdout.write('</stream>')
  process.stderr.write('INFO ' + stanza + ' is done\\n')
}
`

describe('the packager', () => {
  test('says what to do where the script is missing, and writes nothing', () => {
    const out = join(folder, 'none')
    const done = packageSplunk('--script', join(folder, 'gone.cjs'), '--out', out)
    expect(done.status).toBe(1)
    expect(done.stderr).toMatch(
      /script that the inputs run cannot be read: ENOENT.*\n {2}do: name the bundled script: --script FILE\n/,
    )
    expect(() => readdirSync(out)).toThrow('ENOENT')
  })

  test.for([
    [['--runtime', 'amiga=x'], 'no platform "amiga"'],
    [['--runtime', 'linux_arm64=gone'], 'Node for linux_arm64 cannot be had: ENOENT'],
  ] as const)('%j is refused', ([args, why]) => {
    const file = join(folder, 'empty.cjs')
    writeFileSync(file, '')
    const done = packageSplunk('--script', file, ...args)
    expect([done.status, done.stderr]).toEqual([1, expect.stringContaining(why)])
  })
})

describe('the package in a simulated Splunk', () => {
  let splunk: SimulatedSplunk
  let spl: Buffer

  const ask = (path: string, form: Readonly<Record<string, string>>): Promise<number> =>
    new Promise((resolve, reject) => {
      const auth = `${administrator.user}:${administrator.password}`
      const sent = request(splunk.address.management + path, {
        method: 'POST',
        auth,
        ca: readFileSync(splunk.address.caFile),
        agent: false,
      })
      sent.on('error', reject)
      sent.on('response', (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      sent.end(new URLSearchParams(form).toString())
    })

  beforeAll(async () => {
    const engine = await createEngine({ to: 'hec-flat' })
    const out = new Output()
    for (const { bytes } of samples) engine.record(bytes, out)
    writeFileSync(join(folder, 'lines.ndjson'), out.take())
    writeFileSync(join(folder, 'stub.cjs'), script(join(folder, 'lines.ndjson')))
    const done = packageSplunk('--script', join(folder, 'stub.cjs'), '--out', folder)
    expect(done).toMatchObject({ status: 0, stderr: '' })
    spl = readFileSync(join(folder, readdirSync(folder).find((name) => name.endsWith('.spl')) as string))
    splunk = await openSplunk({ secondMs: 1000, env: { SIEMBRIDGE_NODE: process.execPath } })
    await splunk.install(spl)
  })
  afterAll(() => splunk.stop())

  test('introduces its three kinds of inputs, and the one that accounts are tested with', () => {
    expect(splunk.log.filter(({ level }) => level === 'ERROR')).toEqual([])
    expect(splunk.schemes.map(({ scheme }) => scheme).toSorted()).toEqual([
      'siembridge_alerts',
      'siembridge_entra_id',
      'siembridge_office_365',
      'siembridge_test',
    ])
  })

  test('takes an account and three inputs over REST; every event arrives with its time, sourcetype and CIM fields', async () => {
    const own = '/servicesNS/nobody/siembridge_ms'
    expect(
      await ask(`${own}/configs/conf-siembridge_ms_account`, { name: 'contoso', tenant_id: 't', client_id: 'c' }),
    ).toBe(201)
    expect(
      await ask(`${own}/storage/passwords`, { realm: 'siembridge_ms#account', name: 'contoso', password: 'x' }),
    ).toBe(201)
    for (const { scheme } of splunk.schemes)
      expect(
        await ask(`${own}/data/inputs/${scheme}`, {
          name: 'contoso',
          account: 'contoso',
          sourcetypes: 'own',
          index: 'security',
        }),
      ).toBe(201)
    const sent = readHec(readFileSync(join(folder, 'lines.ndjson'), 'utf8'))
    if (isProblem(sent)) throw new Error(sent.problem)
    const wanted = sent.filter(({ sourcetype = '' }) => /^siembridge:(?:xdr|entra|o365):/.test(sourcetype))
    expect(wanted.length).toBeGreaterThan(100)
    const limit = Date.now() + 30_000
    while (splunk.events.length < wanted.length && Date.now() < limit)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(splunk.events).toHaveLength(wanted.length)

    const app = join(splunk.host.apps, 'siembridge_ms')
    const files = readdirSync(app, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => ({
        path: join(entry.parentPath, entry.name).slice(app.length + 1),
        content: readFileSync(join(entry.parentPath, entry.name)),
      }))
    const { problems, ...knowledge } = loadKnowledge(files)
    expect(problems).toEqual([])
    for (const event of splunk.events) {
      expect(event).toMatchObject({ index: 'security', host: 'splunk.contoso.com', cut: 0 })
      const { fields } = searchTime(event, knowledge)
      const [time] = fields.get('sb_time') ?? []
      if (time !== undefined) expect(event).toMatchObject({ timed: true, timeMs: Date.parse(time) })
      expect(fields.get('vendor_product')?.[0]).toMatch(/^Microsoft /)
    }
    const signIns = splunk.events
      .filter(({ sourcetype }) => sourcetype === 'siembridge:entra:sign-in')
      .map((event) => searchTime(event, knowledge))
    expect(signIns.length).toBeGreaterThan(10)
    for (const { tags, eventTypes } of signIns) {
      expect([...tags]).toEqual(['authentication'])
      expect(eventTypes).toEqual(['siembridge_entra_sign_in_authentication'])
    }
  })
})
