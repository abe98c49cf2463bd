import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arcsightKit } from '@siembridge/arcsight'
import { expect, test } from 'vitest'
import { riskyUsers, Site } from './agent-process.ts'

const configuration = `sources: [{ name: in, kind: file, paths: [in.ndjson] }]
targets:
  arcsight: { kind: arcsight-folder, path: documents }
routes: [{ name: all, to: [arcsight], own_events: false }]
`

test('documents that the agent writes for a folder follower are whole, and the generated parser reads each of them', async () => {
  await using site = new Site(configuration, { 'in.ndjson': riskyUsers(0, 200) })
  const documents = join(site.path, 'documents')
  mkdirSync(documents)
  expect(await site.run(['run', '--once'])).toMatchObject({ status: 0 })
  expect(readdirSync(documents)).toEqual(['entra.risky-user'])
  const names = readdirSync(join(documents, 'entra.risky-user'))
  expect(names).toHaveLength(200)
  const verifier = arcsightKit.verify(arcsightKit.generate(['entra.risky-user'], {}).files, {})
  for (const name of names) {
    const events = verifier.record(readFileSync(join(documents, 'entra.risky-user', name)))
    expect(events).toEqual([expect.objectContaining({ is: 'parsed', problems: [] })])
  }
})
