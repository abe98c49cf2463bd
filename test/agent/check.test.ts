import { describe, expect, test } from 'vitest'
import { told } from '../cli/run.ts'
import { fileToFile, riskyUsers, Site } from './agent-process.ts'

const bad = `tenants:
  contoso: { tenant_id: nope, client_id: 11111111-2222-3333-4444-555555555555, client_secret: hunter2 }
sources:
  - kind: grap
    tenant: contoso
  - kind: file
    pathes: [in.ndjson]
targets:
  siem: { kind: syslog, url: tcp://siem:514, format: ceff }
routes:
  - name: main
    to: [siam]
    filter: severity >= medium and source.ipp exists
    limit: 10 gigs
heartbeet: 5m
`

describe('check', () => {
  test('everything that is wrong is told at once, by file, line and column, with what to do', async () => {
    await using site = new Site(bad)
    const { status, stdout, stderr } = await site.run(['check', '--no-network'])
    expect(status).toBe(78)
    expect(stdout).toBe('')
    expect(stderr).toMatch(told('ConfigurationWrong'))
    const lines = stderr.split('\n').filter((line) => line.startsWith('siembridge.yaml:'))
    expect(lines.map((line) => line.split(' ')[0])).toEqual(
      ['2:25', '2:95', '4:11', '6:5', '7:5', '9:54', '12:10', '13:36', '14:12', '15:1'].map(
        (place) => `siembridge.yaml:${place}:`,
      ),
    )
    expect(lines.filter((line) => !line.includes(' — do: '))).toEqual([])
    expect(stderr).not.toContain('hunter2')
    expect(stderr).toContain('write "heartbeat"')
  })

  test('the six lines of the manual are valid, and JSON says so', async () => {
    await using site = new Site(`
tenants: { contoso: { tenant_id: 11111111-2222-3333-4444-555555555555, client_id: 11111111-2222-3333-4444-555555555556, client_secret: env:X } }
sources: [{ kind: graph, tenant: contoso }]
targets: { siem: { kind: syslog, url: tcp://siem:514, format: cef } }
`)
    const { status, stdout } = await site.run(['check', '--no-network', '--json'])
    expect({ status, answer: JSON.parse(stdout) as object }).toEqual({
      status: 0,
      answer: { file: 'siembridge.yaml', valid: true, good: true, problems: [], findings: [] },
    })
  })

  test('what would not work is found without sending anything', async () => {
    await using site = new Site(fileToFile.replace('path: out.ndjson', 'path: nowhere/out.ndjson'), {
      'in.ndjson': riskyUsers(0, 1),
    })
    const { status, stdout } = await site.run(['check'])
    expect(status).toBe(1)
    expect(stdout).toMatch(/^ok +source file: files in\*\.ndjson: 1 can be read$/m)
    expect(stdout).toMatch(/^BAD +target out: /m)
    expect(stdout).toMatch(/do: Make the folder nowhere/)
  })

  test('a configuration that is not there is told with its name', async () => {
    await using site = new Site(fileToFile)
    const { status, stderr } = await site.run(['check', '--config', 'other.yaml'])
    expect(status).toBe(78)
    expect(stderr).toMatch(told('ConfigurationMissing'))
  })

  test('the JSON Schema names every kind', async () => {
    await using site = new Site(fileToFile)
    const { stdout } = await site.run(['schema'])
    const { properties } = JSON.parse(stdout) as {
      properties: Record<'sources' | 'targets', { items?: { oneOf: Kind[] }; additionalProperties?: { oneOf: Kind[] } }>
    }
    interface Kind {
      properties: { kind: { const: string } }
    }
    const kinds = (of: Kind[] | undefined): string[] => (of ?? []).map((one) => one.properties.kind.const)
    expect(kinds(properties.sources.items?.oneOf)).toEqual(['graph', 'office365', 'file', 'stdin'])
    expect(kinds(properties.targets.additionalProperties?.oneOf)).toEqual([
      'syslog',
      'splunk-hec',
      'https',
      'file',
      'stdout',
      'arcsight-folder',
      'servicenow',
    ])
  })
})
