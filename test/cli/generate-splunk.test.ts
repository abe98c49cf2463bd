import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { samples } from '../samples.ts'
import { lines, siembridge, Workspace } from './run.ts'

const records = samples
  .filter(({ type }) => type.startsWith('entra.'))
  .map(({ bytes }) => JSON.stringify(JSON.parse(bytes.toString('utf8'))))
  .join('\n')

test('what is generated for Splunk is verified over records: each with its CIM fields, event type and tags', async () => {
  using folder = new Workspace()
  const out = join(folder.path, 'splunk')
  const generated = await siembridge(['generate', 'splunk', '--out', out, '--json'])
  expect(generated.status).toBe(0)
  expect((JSON.parse(generated.stdout) as { files: string[] }).files).toContain(
    'siembridge_knowledge/default/props.conf',
  )

  const verified = await siembridge(['verify', 'splunk', out, '--json'], { stdin: records })
  expect({ status: verified.status, stderr: verified.stderr }).toEqual({ status: 0, stderr: '' })
  const said = lines(verified.stdout).map(
    (line) => JSON.parse(line) as { fields?: Record<string, string>; sum?: object },
  )
  expect(said.at(-1)?.sum).toMatchObject({ unknown: 0, unparsed: 0, errors: 0, ok: true })
  expect(said.find(({ fields }) => fields?.sourcetype === 'siembridge:entra:sign-in')?.fields).toMatchObject({
    eventtype: 'siembridge_entra_sign_in_authentication',
    tag: 'authentication',
    vendor_product: 'Microsoft Entra ID',
  })

  const props = join(out, 'siembridge_knowledge/default/props.conf')
  writeFileSync(
    props,
    readFileSync(props, 'utf8').replace(/^EVAL-action = case\(event_outcome.*$/m, 'EVAL-action = upper(event_outcome)'),
  )
  const spoiled = await siembridge(['verify', 'splunk', out], { stdin: records })
  expect(spoiled.status).toBe(1)
  expect(spoiled.stdout).toMatch(/props\.conf:\d+: upper\(\) is no function that\s+is generated/)
  expect(spoiled.stdout).toContain('action: missing, required by Authentication')
})

test('other add-ons’ sourcetypes get props only where they are asked for', async () => {
  using folder = new Workspace()
  const props = (out: string): string => readFileSync(join(out, 'siembridge_knowledge/default/props.conf'), 'utf8')
  const plain = join(folder.path, 'plain')
  const told = await siembridge(['generate', 'splunk', '--out', plain, '--type', 'o365.sharepoint'])
  expect(told.stdout).toContain('o365:management:activity')
  expect(props(plain)).not.toContain('[o365:management:activity]')
  const compatible = join(folder.path, 'compatible')
  await siembridge(['generate', 'splunk', '--out', compatible, '--type', 'o365.sharepoint', '--compatible-props'])
  expect(props(compatible)).toContain('[o365:management:activity]')
})
