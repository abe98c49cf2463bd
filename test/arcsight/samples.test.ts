import { arcsightKit } from '@siembridge/arcsight'
import { flatValues, inspect } from '@siembridge/engine/inspect'
import { isProblem, javaRegex, readProperties } from '@siembridge/formats'
import { describe, expect, test } from 'vitest'
import { contentOf, files, generated, inputs, types } from './folder.ts'

const verifier = arcsightKit.verify(files, {})

test('every log type has a parser, and nothing is wrong with any of the files', () => {
  for (const type of types)
    expect(files.map(({ path }) => path)).toContain(
      `flexagent/siembridge_${type.replace(/[^a-z0-9]/g, '_')}.jsonparser.properties`,
    )
  expect(verifier.problems).toEqual([])
})

test('every record becomes the event that its CEF is, field by field, and its additional data arrives', () => {
  for (const { name, bytes } of inputs) {
    const seen = inspect(bytes)
    for (const [at, { is, problems, ambiguous }] of verifier.record(bytes).entries()) {
      const generic = seen?.views[at]?.signature.id === seen?.candidate.type.id
      expect({ name, is, problems, ambiguous }).toEqual({
        name,
        is: generic ? 'generic' : 'parsed',
        problems: [],
        ambiguous: [],
      })
    }
    expect(verifier.record(bytes)).toHaveLength(seen?.views.length ?? -1)
  }
})

test.for(['/records', '/value'])('parsers whose events are at %s give the same', (trigger) => {
  const nested = arcsightKit.verify(generated({ trigger, form: 'flat' }), {})
  expect(nested.problems).toEqual([])
  for (const { bytes } of inputs.slice(0, 60)) {
    const [a, b] = [verifier.record(bytes), nested.record(bytes)]
    expect(b.map(({ fields, problems }) => ({ fields, problems }))).toEqual(
      a.map(({ fields, problems }) => ({ fields, problems })),
    )
  }
})

interface Report {
  readonly parsers: readonly {
    type: string
    shape?: string
    file?: string
    fields: { field: string; to: string[]; reason?: string }[]
  }[]
}
const { parsers } = JSON.parse(contentOf('siembridge/report.json')) as Report

describe('the report', () => {
  test.for(types)('%s: tells of every field where it went, or why it did not', (type) => {
    const own = parsers.find((report) => report.type === type && report.shape === undefined)
    const fields = new Map(own?.fields.map((row) => [row.field, row]))
    for (const row of fields.values()) expect(row.to.length > 0 || row.reason !== undefined, row.field).toBe(true)
    for (const { bytes } of inputs.filter((input) => input.type === type))
      for (const view of inspect(bytes)?.views ?? [])
        for (const field of view.fields.keys()) expect(fields.has(field), field).toBe(true)
  })

  test.for(types)('%s: at most a tenth of what its samples hold is not carried', (type) => {
    const lost = new Set(
      parsers
        .find((report) => report.type === type && report.shape === undefined)
        ?.fields.filter(({ to }) => to.length === 0)
        .map(({ field }) => field.replaceAll('.', '_')),
    )
    const keys = inputs
      .filter((input) => input.type === type)
      .flatMap(({ bytes }) => {
        const seen = inspect(bytes)
        return seen?.views.flatMap((view) => [...flatValues(view, seen.candidate).keys()]) ?? []
      })
    expect(keys.filter((key) => lost.has(key)).length / keys.length).toBeLessThanOrEqual(0.1)
  })
})

test('a broken parser is told: what does not arrive, and what arrives wrongly', () => {
  const broken = files.map(({ path, content }) => ({
    path,
    content: String(content)
      .replace('event.sourceAddress=source_ip_v4', 'event.sourceAddress=source_ip_v6')
      .replace('event.sourceUserName=', 'event.sourceUserId='),
  }))
  const other = arcsightKit.verify(broken, {})
  expect(other.problems.map(({ code }) => code)).toContain('not-as-generated')
  const problems = inputs.flatMap(({ bytes }) => other.record(bytes).flatMap((event) => event.problems))
  expect(problems).toContainEqual(expect.objectContaining({ field: 'sourceAddress', is: 'missing' }))
  expect(problems).toContainEqual(expect.objectContaining({ field: 'sourceUserName', is: 'missing' }))
})

test('the files keep to what is right under every reading of the documents', () => {
  const safe =
    /^(?:stringConstant|getVendor|integerConstant|oneOf|oneOfAddress|concatenate|toLowerCase|safeToLong|safeToInteger|longToTimeStamp|ifThenElse|simpleMap|regexToken|split)$/
  for (const { path, content } of files.filter((file) => file.path.endsWith('.jsonparser.properties'))) {
    const text = String(content)
    expect(text, path).toMatch(/^[\n -~]*$/)
    for (const [, operation = ''] of text.matchAll(/__(\w+)\(/g)) expect(operation, path).toMatch(safe)
    for (const [, type = ''] of text.matchAll(/^token\[\d+\]\.type=(.*)$/gm))
      expect(type, path).toMatch(/^(?:String|Long|Integer|IPAddress)$/)
    for (const [, name = ''] of text.matchAll(/^token\[\d+\]\.name=(.*)$/gm))
      expect(name, path).toMatch(/^[A-Za-z_]\w*$/)
    for (const [, location = ''] of text.matchAll(/^token\[\d+\]\.location=(.*)$/gm))
      expect(location, path).toMatch(/^[A-Za-z_]\w*(?:\/[A-Za-z_]\w*)*$/)
    for (const [, pattern = ''] of text.matchAll(/__regexToken\(.*?,"(.*?)"\)/g))
      expect(pattern, path).toMatch(/^\^.*\$$/)
    expect(text, path).not.toMatch(/^token\[\d+\]\.format/m)
  }
})

test('the sub-agent finds the JSON and its type in a line of syslog, and hands every type to its own parser', () => {
  const text = contentOf('flexagent/syslog/siembridge.subagent.sdkrfilereader.properties')
  const read = readProperties(text)
  if (isProblem(read)) throw new Error(read.problem)
  const values = new Map(read.map(({ key, value }) => [key, value]))
  const regex = javaRegex(values.get('regex') ?? '')
  if (isProblem(regex)) throw new Error(regex.problem)
  for (const type of types) {
    const json = `{"sb_type":"${type}","sb_event_id":"x","message":"{\\"sb_type\\":\\"no\\"} a"}`
    expect(regex.whole.exec(`<13>Feb  3 04:05:06 bridge ${json}`)?.slice(1)).toEqual([json, type])
  }
  const handed = types.map((type) => {
    const at = [...values]
      .find(([key, value]) => key.endsWith('.conditionvalues') && value === type)?.[0]
      .match(/\d+/)?.[0]
    return values.get(`extraprocessor[${at}].filename`)
  })
  expect(handed).toEqual(types.map((type) => `siembridge_${type.replace(/[^a-z0-9]/g, '_')}`))
})
