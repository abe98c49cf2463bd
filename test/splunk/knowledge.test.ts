import { logTypes } from '@siembridge/catalog'
import { createEngine, Output } from '@siembridge/engine'
import { isProblem, readConf, readHec } from '@siembridge/formats'
import {
  cimFieldOf,
  cimWithout,
  coverage,
  dataModels,
  evalFunctions,
  exemptions,
  generateKnowledge,
  knowledgePlan,
  splunkKit,
} from '@siembridge/splunk/knowledge'
import { describe, expect, test } from 'vitest'
import { fieldRows } from '@siembridge/engine/describe'
import { samples } from '../samples.ts'
import { generated, sampleEvents } from './golden.ts'

const types = logTypes.map(({ id }) => id)
const plans = types.map((type) => knowledgePlan(type))
const events = sampleEvents()
const text = (name: string): string =>
  Buffer.from(generated.find(({ path }) => path.endsWith(`/${name}`))?.content ?? '').toString('utf8')

test('the generated app loads without a problem', () => {
  expect(splunkKit.verify(generated, {}).problems).toEqual([])
})

describe('every sample has the required fields and allowed values of its data models, at its time, uncut', () => {
  test.for([...events])('%s', ([, rows]) => {
    for (const { name, events: found } of rows)
      for (const event of found)
        expect({ name, is: event.is, problems: event.problems }).toEqual({ name, is: event.is, problems: [] })
  })

  test('and every event type has a sample', () => {
    const seen = new Set(
      [...events.values()]
        .flat()
        .flatMap(({ events: found }) => found.flatMap(({ fields }) => fields.eventtype?.split(', ') ?? [])),
    )
    const wanted = plans.flatMap(({ eventTypes }) => eventTypes.map(({ name }) => name))
    expect(wanted.filter((name) => !seen.has(name))).toEqual([])
  })
})

describe('exemptions', () => {
  test('are at most a tenth of the required fields of all log types', () => {
    const { required, exempt } = coverage()
    expect(required).toBeGreaterThan(400)
    expect(exempt / required).toBeLessThanOrEqual(0.1)
  })

  test('are each needed by a sample', () => {
    const unneeded = exemptions.flatMap(({ type, model, fields }) =>
      fields
        .filter((field) =>
          (events.get(type) ?? []).every(({ events: found }) =>
            found.every(
              ({ fields: shown }) =>
                !shown.eventtype?.split(', ').some((name) => name === eventTypeOf(type, model)) ||
                shown[field] !== undefined,
            ),
          ),
        )
        .map((field) => `${type} ${model} ${field}`),
    )
    expect(unneeded).toEqual([])
  })

  test('name fields that the data model requires', () => {
    for (const { model, fields } of exemptions) {
      const found = dataModels.find(({ id }) => id === model)
      const known = [
        ...(found?.required ?? []),
        ...(found && 'conditional' in found ? found.conditional : []).map(({ field }) => field),
      ]
      for (const field of fields) expect(known).toContain(field)
    }
  })
})

const eventTypeOf = (type: string, model: string): string => `siembridge_${type.replaceAll(/[.-]/g, '_')}_${model}`

describe('the CIM column', () => {
  const dictionary = fieldRows().map(({ field }) => field)

  test('names fields of the dictionary, once: with a place or with a reason why not', () => {
    for (const name of [...cimFieldOf.map(([field]) => field), ...cimWithout.keys()]) expect(dictionary).toContain(name)
    for (const [name] of cimFieldOf) expect(cimWithout.has(name), name).toBe(false)
  })

  test('leads to fields of a data model', () => {
    const known = new Set(dataModels.flatMap(({ required, optional }) => [...required, ...optional] as string[]))
    expect(cimFieldOf.map(([, cim]) => cim).filter((cim) => !known.has(cim))).toEqual([])
  })
})

describe('what is generated', () => {
  test('stays inside the subset that the interpreter carries out, and uses all of it', () => {
    for (const name of Object.keys(evalFunctions)) expect(text('props.conf'), name).toMatch(new RegExp(`\\b${name}\\(`))
  })

  test('has one event type for each data model of a log type, with the tags of that data model alone', () => {
    const tags = readConf(text('tags.conf')).stanzas
    for (const { eventTypes } of plans)
      for (const { name, model } of eventTypes)
        expect(tags.find((stanza) => stanza.name === `eventtype=${name}`)?.settings.map(({ key }) => key)).toEqual(
          model.tags,
        )
    const names = readConf(text('eventtypes.conf')).stanzas.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(tags).toHaveLength(names.length)
  })

  test('has no props for the sourcetypes of other add-ons unless they are asked for, and then no fields', () => {
    const own = readConf(text('props.conf')).stanzas.map(({ name }) => name)
    expect(own.filter((name) => !name.startsWith('siembridge:'))).toEqual([])
    const { files } = generateKnowledge(['o365.sharepoint'], { compatibleProps: true })
    const props = readConf(files.find(({ path }) => path.endsWith('props.conf'))?.content.toString() ?? '')
    const foreign = props.stanzas.find(({ name }) => name === 'o365:management:activity')
    expect(foreign?.settings.map(({ key }) => key)).toEqual([
      'SHOULD_LINEMERGE',
      'LINE_BREAKER',
      'TRUNCATE',
      'KV_MODE',
      'AUTO_KV_JSON',
    ])
  })

  test('says what is in no data model, and why', () => {
    for (const { type, eventTypes, without } of plans)
      expect(eventTypes.length > 0 !== (without !== undefined), type).toBe(true)
  })
})

test('what hec-flat sends is what the interpreter was shown: the same fields at the same time', async () => {
  const engine = await createEngine({ to: 'hec-flat' })
  const verifier = splunkKit.verify(generated, {})
  for (const { bytes, name } of samples) {
    const out = new Output()
    engine.record(bytes, out)
    const sent = readHec(out.take().toString('utf8'))
    if (isProblem(sent)) throw new Error(`${name}: ${sent.problem}`)
    const shown = verifier.record(bytes)
    expect(sent.map(({ sourcetype }) => sourcetype)).toEqual(shown.map(({ fields }) => fields.sourcetype))
    for (const { event } of sent) expect(Object.keys(event as object)[0]).toBe('sb_type')
  }
})

test('a text that is longer than what Splunk reads takes no other field away', () => {
  const verifier = splunkKit.verify(generated, {})
  const [sample] = samples.filter(({ type }) => type === 'xdr.device-process')
  const record = JSON.parse(sample?.bytes.toString('utf8') ?? '{}') as { properties: Record<string, unknown> }
  const [plain] = verifier.record(Buffer.from(JSON.stringify(record)))
  record.properties.ProcessCommandLine = `x ${'y'.repeat(32_000)}`
  const [long] = verifier.record(Buffer.from(JSON.stringify(record)))
  expect(Object.keys(long?.fields ?? {}).toSorted()).toEqual(Object.keys(plain?.fields ?? {}).toSorted())
  const { process: _, ...others } = plain?.fields ?? {}
  expect(long?.fields).toMatchObject(others)
})

describe('folders that somebody changed', () => {
  const changed = (path: string, from: string, to: string): ReturnType<typeof splunkKit.verify> =>
    splunkKit.verify(
      generated.map((file) =>
        file.path.endsWith(path) ? { ...file, content: file.content.toString().replace(from, to) } : file,
      ),
      {},
    )
  const signIn = samples.find(({ type }) => type === 'entra.sign-in')?.bytes as Buffer

  test.for([
    ['props.conf', 'EVAL-action = case(', 'EVAL-action = spath(', 'eval'],
    ['props.conf', 'KV_MODE = json', 'KV_MODE = xml', 'kv-mode'],
    ['props.conf', 'KV_MODE = json', 'INDEXED_EXTRACTIONS = json\nKV_MODE = json', 'double-values'],
    ['props.conf', 'TRUNCATE = 0', 'TRANSFORMS-x = y', 'outside-subset'],
    ['props.conf', 'TRUNCATE = 0', 'TRUNCATE = 0\nTRUNCATE = 1', 'conf-twice-setting'],
    ['eventtypes.conf', 'search = ', 'search = | ', 'search'],
    ['transforms.conf', 'siembridge_log_types.csv', 'gone.csv', 'lookup-table'],
  ] as const)('%s with %s as %s: %s', ([path, from, to, code]) => {
    const [problem] = changed(path, from, to).problems
    expect(problem).toMatchObject({
      code,
      level: 'error',
      file: expect.stringContaining(path) as string,
      line: expect.any(Number) as number,
    })
  })

  test('a field that a data model requires is missed, and a wrong value told', () => {
    const gone = changed('props.conf', 'EVAL-dest = coalesce(service_name,"Microsoft Entra ID")\n', '').record(signIn)
    expect(gone[0]?.problems).toMatchObject([{ field: 'dest', is: 'missing' }])
    const wrong = changed(
      'props.conf',
      'case(event_outcome=="success","success",event_outcome=="failure","failure",true(),"pending")\nEVAL-app = coalesce(microsoft_app_name',
      'coalesce("done")\nEVAL-app = coalesce(microsoft_app_name',
    ).record(signIn)
    expect(wrong[0]?.problems).toContainEqual(expect.objectContaining({ field: 'action', is: 'wrong', got: 'done' }))
  })

  test('a sourcetype without props is an unknown event', () => {
    expect(changed('props.conf', '[siembridge:entra:sign-in]', '[other]').record(signIn)[0]?.is).toBe('unknown')
  })
})
