import { describe, expect, test } from 'vitest'
import { fileToFile, freePort, page, riskyUsers, Site, until } from './agent-process.ts'

describe('status', () => {
  test('says how sources and targets fare while the agent runs, and afterwards since when it does not', async () => {
    await using site = new Site(fileToFile, { 'in.ndjson': riskyUsers(0, 5) })
    expect(await site.run(['status'])).toMatchObject({ status: 1, stdout: expect.stringContaining('no agent has run') })
    const agent = await site.agent()
    await until(() => site.events().length >= 5)
    await until(async () => (await site.run(['status'])).stdout.includes('6 sent'))
    const { status, stdout } = await site.run(['status'])
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/file +Connected +5 records/) })
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    await agent.end()
    const after = await site.run(['status'])
    expect(after.status).toBe(1)
    expect(after.stdout).toMatch(/not running; last seen \d+ s ago .*it was stopped/)
    const json = JSON.parse((await site.run(['status', '--json'])).stdout) as object
    expect(json).toMatchObject({
      runs: false,
      status: { sources: [{ name: 'file', received: 5 }], agent: { state: 'stopped' } },
    })
  })

  test('a killed agent is told from a stopped one', async () => {
    await using site = new Site(fileToFile)
    await (await site.agent()).end('SIGKILL')
    const { status, stdout } = await site.run(['status'])
    expect({ status, stdout }).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('it did not stop by itself'),
    })
  })
})

describe('pages', () => {
  test('/healthz, /readyz and /metrics', async () => {
    const port = await freePort()
    await using site = new Site(fileToFile.replace('http: off', `http: { listen: "127.0.0.1:${port}" }`), {
      'in.ndjson': riskyUsers(0, 5),
    })
    const agent = await site.agent()
    await until(async () =>
      (await page(port, '/metrics')).text.includes('siembridge_sent_events_total{target="out"} 6'),
    )
    expect(await page(port, '/healthz')).toEqual({ status: 200, text: 'ok\n' })
    expect(await page(port, '/readyz')).toEqual({ status: 200, text: 'ready\n' })
    expect((await page(port, '/other')).status).toBe(404)
    const { text } = await page(port, '/metrics')
    expect(text).toContain('siembridge_received_events_total{source="file",log_type="entra.risky-user"} 5')
    expect(text).toMatch(/^siembridge_spool_bytes\{route="all"\} \d+$/m)
    await site.run(['pause', 'out'])
    expect(await page(port, '/readyz')).toEqual({ status: 503, text: 'target out: paused\n' })
    await agent.end()
  })

  test('a port that is taken is told, and nothing is started', async () => {
    const port = await freePort()
    const configuration = fileToFile.replace('http: off', `http: { listen: "127.0.0.1:${port}" }`)
    await using first = new Site(configuration)
    await using second = new Site(configuration)
    await first.agent()
    const { status, stderr } = await second.run(['run'])
    expect({ status, stderr }).toMatchObject({ status: 78, stderr: expect.stringContaining('ListenFailed') })
    expect([...second.modes('siembridge-state').keys()]).not.toContain('lock')
  })
})
