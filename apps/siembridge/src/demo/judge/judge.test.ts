import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  createRenderer,
  judge,
  type JudgeInput,
  type LedgerRow,
  type Rendered,
  type TargetDescription,
} from './index.ts'

const tenant = '6f1d3a52-9c04-4b7e-8e21-5a0c7d9b4e10'
const target = (name: string, format: TargetDescription['format'], header: TargetDescription['header']) =>
  ({ name, format, header, window: 10_000 }) as const
const targets = [
  target('cef', 'cef', 'rfc3164'),
  target('leef', 'leef', 'rfc5424'),
  target('json', 'flat', 'none'),
  target('ecs', 'ecs', 'none'),
  target('raw', 'raw+', 'none'),
  target('hec', 'hec', 'none'),
]
const heads = {
  rfc3164: '<134>Nov  1 09:06:54 host ',
  rfc5424: '<134>1 2026-11-01T09:06:54Z host siembridge - x - ',
  none: '',
}

const user = (at: number, level = 'high') =>
  JSON.stringify({
    id: `user-${at}`,
    isDeleted: false,
    isProcessing: false,
    riskLevel: level,
    riskState: 'atRisk',
    riskDetail: 'none',
    riskLastUpdatedDateTime: `2026-11-01T09:00:0${at}Z`,
    userDisplayName: 'Dorte',
    userPrincipalName: 'dorte@contoso.example',
  })
const audit = (at: number) =>
  JSON.stringify({
    CreationTime: '2026-11-01T09:00:00',
    Id: `00000000-0000-4000-8000-00000000000${at}`,
    Operation: 'UserLoggedIn',
    OrganizationId: tenant,
    RecordType: 15,
    UserKey: 'k',
    UserType: 0,
    Version: 1,
    Workload: 'AzureActiveDirectory',
    UserId: 'dorte@contoso.example',
  })

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const row = (text: string, more: Partial<LedgerRow> = {}): LedgerRow => ({
  stream: 's',
  id: text,
  version: 1,
  state: 'due',
  sha256: sha256(text),
  otherSha256: [],
  silent: false,
  overwrittenAt: null,

  ...more,
})
const texts = [user(1), user(2), user(3), audit(1), audit(2)]
let render: (record: Buffer) => Rendered
const rendered = new Map<string, Rendered>()

beforeAll(async () => {
  render = await createRenderer(targets, tenant)
  for (const text of [...texts, user(9)]) rendered.set(sha256(text), render(Buffer.from(text)))
})

/** A line as the agent sends it: with a header, and with what changed where the type says so. */
function sent(text: string, { name, format, header }: TargetDescription): string {
  const { changes, lines } = rendered.get(sha256(text)) as Rendered
  const line = lines[name]?.[0] ?? ''
  const ends = {
    cef: [0, ' sbChange=created'],
    leef: [0, '\tsbChange=created'],
    flat: [1, ',"sbChange":"created"}'],
  } as const
  const [cut, end] = ends[format as 'cef'] ?? [2, ',"sbChange":"created"}}']
  return heads[header] + (changes ? line.slice(0, line.length - cut) + end : line)
}

type Change = (lines: string[], target: TargetDescription) => string[]
const verdictOf = (change: Change | undefined = (lines) => lines, more: Partial<JudgeInput> = {}) =>
  judge({
    rows: texts.map((text) => row(text)),
    rendered,
    targets,
    received: new Map(
      targets.map((t) => [
        t.name,
        change(
          texts.map((text) => sent(text, t)),
          t,
        ).map((text) => ({ text })),
      ]),
    ),
    ...more,
  })
const only =
  (name: string, change: Change): Change =>
  (lines, t) =>
    t.name === name ? change(lines, t) : lines

it('is content where everything came once', () => {
  const { ok, targets: told, sources } = verdictOf()
  expect(told.flatMap(({ examples }) => examples)).toEqual([])
  expect(ok).toBe(true)
  expect(told.map(({ delivered }) => delivered)).toEqual(targets.map(() => 5))
  expect(sources).toEqual([{ stream: 's', issued: 5, collected: 5, superseded: 0, silent: 0 }])
})

describe.each(targets.map((t) => [t.name, t] as const))('%s', (name, t) => {
  const told = (change: Change, more?: Partial<JudgeInput>) => {
    const { ok, targets: all } = verdictOf(only(name, change), more)
    return { ok, ...all.find((one) => one.name === name) }
  }

  it('I1: tells what was lost', () => {
    expect(told((lines) => lines.slice(1))).toMatchObject({ ok: false, lost: 1, delivered: 4 })
  })

  it('I2: tells what was never issued', () => {
    expect(told((lines) => [...lines, sent(user(9), t)])).toMatchObject({ ok: false, unknown: 1, lost: 0 })
    expect(told((lines) => [...lines, 'no event at all'])).toMatchObject({ ok: false, unknown: 1 })
  })

  it('I3: tells other bytes, and what changed told wrongly', () => {
    const altered: Change = ([first = '', ...rest]) => [
      first.replace('Dorte', 'Dorta').replace('dorte@', 'dorta@'),
      ...rest,
    ]
    expect(told(altered)).toMatchObject({ ok: false, altered: 1, lost: 0 })
    const unsaid: Change = (lines) => lines.map((line) => line.replace(/.sbChange=created$|,"sbChange":"created"/, ''))
    expect(told(unsaid)).toMatchObject({ ok: false, altered: 3 })
    expect(told((lines) => lines.map((line) => line.replace('created', 'updated')))).toMatchObject({ ok: true })
  })

  it('I5: allows a repeat within the window alone', () => {
    const again: Change = (lines) => [...lines, ...lines.slice(3)]
    expect(told(again)).toMatchObject({ ok: true, repeated: 2, doubled: 0 })
    const narrow = targets.map((one) => ({ ...one, window: 10 }))
    expect(told((lines) => [...lines, lines[0] ?? ''], { targets: narrow })).toMatchObject({
      ok: false,
      repeated: 0,
      doubled: 1,
    })
  })

  it('I5: tells one record under two ids', () => {
    const other = '11111111-2222-3333-4444-555555555555'
    const own = /(?:flexString2=|sb_event_id=|sb_event_id":"|siembridge":\{"event_id":")([0-9a-f-]{36})/
    const second: Change = (lines) => [
      ...lines,
      (lines[0] ?? '').replaceAll(own.exec(lines[0] ?? '')?.[1] ?? '', other),
    ]
    expect(told(second)).toMatchObject({ ok: false, doubled: 1, unknown: 0 })
  })
})

describe('versions that were overwritten', () => {
  const first = texts[0] ?? ''
  const rows = texts.map((text, at) => row(text, at === 0 ? { overwrittenAt: 1 } : {}))

  it('are superseded where no target had them', () => {
    const { ok, sources, targets: told } = verdictOf((lines) => lines.slice(1), { rows })
    expect(ok).toBe(true)
    expect(sources).toMatchObject([{ issued: 5, collected: 4, superseded: 1 }])
    expect(told.every(({ lost }) => lost === 0)).toBe(true)
  })

  it('are lost where one target had them and another had not', () => {
    expect(
      verdictOf(
        only('cef', (lines) => lines.slice(1)),
        { rows },
      ).ok,
    ).toBe(false)
  })

  it('and rows without bytes count as lost, but for those that are excused', () => {
    const without = new Map([...rendered].filter(([hash]) => hash !== sha256(first)))
    const gone: Change = (lines) => lines.slice(1)
    expect(verdictOf(gone, { rendered: without })).toMatchObject({ ok: false })
    expect(verdictOf(gone, { rendered: without, rows })).toMatchObject({ ok: true })
    const silent = texts.map((text, at) => row(text, at === 0 ? { silent: true, id: texts[1] ?? '' } : {}))
    expect(verdictOf(gone, { rendered: without, rows: silent })).toMatchObject({ ok: true, sources: [{ silent: 1 }] })
  })
})

describe('a change that tells no time', () => {
  // A sign-in keeps id and time when its risk changes.
  const signIn = (risk: string) =>
    JSON.stringify({
      id: 'a1',
      createdDateTime: '2026-11-01T09:00:00Z',
      userPrincipalName: 'dorte@contoso.example',
      appId: 'b',
      appDisplayName: 'Portal',
      ipAddress: '192.0.2.1',
      clientAppUsed: 'Browser',
      riskLevelAggregated: risk,
      status: { errorCode: 0, failureReason: 'Other.', additionalDetails: null },
      conditionalAccessStatus: 'success',
    })
  const [before, after] = [signIn('none'), signIn('high')]
  const id = 'a1'
  const rows = [row(before, { id }), row(after, { id, version: 2, silent: true })]
  const told = (got: readonly string[], more: Partial<JudgeInput> = {}) => {
    for (const text of [before, after]) rendered.set(sha256(text), render(Buffer.from(text)))
    const received = new Map(targets.map((t) => [t.name, got.map((text) => ({ text: sent(text, t) }))]))
    return verdictOf(undefined, { rows, received, targets: targets.map((t) => ({ ...t, window: 0 })), ...more })
  }

  it('is a version of its own where it came, and excused where not', () => {
    expect(told([before, after])).toMatchObject({ ok: true, sources: [{ collected: 2, silent: 0 }] })
    expect(told([before]).targets.flatMap(({ examples }) => examples)).toEqual([])
    expect(told([before])).toMatchObject({ ok: true, sources: [{ collected: 1, silent: 1 }] })
  })

  it('can look the same in one format: what comes again there is a repeat', () => {
    const wide = targets.map((t) => ({ ...t, window: 10_000 }))
    expect(told([before, before], { targets: wide })).toMatchObject({ ok: true, sources: [{ silent: 1 }] })
  })

  it('does not excuse the version before, nor that neither came', () => {
    expect(told([after])).toMatchObject({ ok: false })
    expect(told([])).toMatchObject({ ok: false, targets: targets.map(() => ({ lost: 2 })) })
    const overwritten = [row(before, { id, overwrittenAt: 1 }), ...rows.slice(1)]
    expect(told([after], { rows: overwritten })).toMatchObject({ ok: true, sources: [{ superseded: 1 }] })
    expect(told([], { rows: overwritten })).toMatchObject({ ok: false, targets: targets.map(() => ({ lost: 1 })) })
  })
})

it('leaves the events of the bridge itself alone, but for their number', () => {
  const record = {
    siembridge: { id: 'a', time: '2026-11-01T09:00:00Z', action: 'started', severity: 'low', message: 'm' },
  }
  const { lines } = render(Buffer.from(JSON.stringify(record)))
  const { ok, targets: told } = verdictOf((all, t) => [heads[t.header] + (lines[t.name]?.[0] ?? ''), ...all])
  expect(told.map(({ own }) => own)).toEqual(targets.map(() => 1))
  expect(ok).toBe(true)
})
