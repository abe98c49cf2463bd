import { strFromU8, unzipSync } from 'fflate'
import { isXmlProblem, readXml, xmlElementsOf, xmlTextOf } from '@siembridge/formats/xml'
import { describe, expect, test } from 'vitest'
import { lsxPlan } from '../plan/lsx-plan.ts'
import { bundle, rowId } from './bundle.ts'

const plan = lsxPlan(['entra.risky-user'], 'bridge', 'flat')
const extensions = new Map([['entra.risky-user.lsx.xml', '<ns2:device-extension/>\n']])

describe('the bundle', () => {
  const files = unzipSync(bundle(plan, extensions))
  const root = readXml(strFromU8(files['siembridge-ContentExport.xml'] ?? new Uint8Array()))
  if (isXmlProblem(root)) throw new Error(root.problem)
  const rows = xmlElementsOf(root)
  const columns = (name: string) =>
    rows
      .filter(({ local }) => local === name)
      .map((row) => Object.fromEntries(xmlElementsOf(row).map((c) => [c.local, xmlTextOf(c)])))

  test('holds one XML: the version, then a row for each thing', () => {
    expect(Object.keys(files)).toEqual(['siembridge-ContentExport.xml'])
    expect(root.name).toBe('content')
    expect(rows[0]?.local).toBe('qradarversion')
    expect(columns('qidmap').map(({ qname }) => qname)).toEqual(plan.qidRecords.map(({ name }) => name))
    expect(columns('sensordevicetype')).toMatchObject([{ devicetypedescription: plan.logSourceTypes[0]?.name }])
    expect(columns('device_ext').map(({ xml }) => Buffer.from(xml ?? '', 'base64').toString())).toEqual([
      ...extensions.values(),
    ])
  })

  test('is the same every time, and its rows keep their ids', () => {
    expect(bundle(plan, extensions)).toEqual(bundle(plan, extensions))
    const ids = rows
      .slice(1)
      .map((row) => xmlElementsOf(row).find(({ local }) => local === 'uuid'))
      .map((e) => e && xmlTextOf(e))
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(rowId('a')).not.toBe(rowId('b'))
  })
})
