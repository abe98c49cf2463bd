import { type Move, type OlderAddOn, olderAddOns, type PositionForm } from '@siembridge/splunk/migration'
import { code, generated, page, table } from './markdown.ts'

/** docs/splunk-migration.md: what becomes of inputs of older add-ons for Splunk, and what stays different. */
export const splunkMigrationPage = (): string =>
  page(
    generated,
    '# From older add-ons for Splunk',
    'The add-on takes over inputs of six older add-ons: it reads their configuration, accounts and checkpoints over Splunk’s REST interface, ' +
      'proposes inputs that collect the same, and changes nothing before an administrator says so.',
    '## What happens',
    [
      '1. **Reading.** All of inputs.conf, the accounts of the add-ons that have inputs, the names of their secrets, their collections in the KV store, ' +
        'and one search for the newest event of each sourcetype. No secret is read. What cannot be read is told, with what to do.',
      '2. **The proposal.** For each older input those of ours that take its place, with account, index, streams, sourcetypes and where they begin; what is ' +
        'different; and what stays with the older add-on. A stream that several older inputs bring is left to one.',
      '3. **When the administrator says so**: accounts are made, their secrets copied within Splunk; the new inputs are made, disabled, and Splunk asks Microsoft whether ' +
        'they would work, while the older ones still run; then the older input is disabled, its checkpoint read again, and ours enabled. ' +
        'Where a step fails, that input is taken back: what was made is removed, and the older input runs again.',
    ].join('\n'),
    '## Where the new inputs begin',
    'Never behind what the older input has collected. Where its position is not exact, ours begin earlier, and what the older input has of that time comes twice; ' +
      'the proposal says how much, and the administrator can choose another time. Nothing that is later than the overlap is missing more than it was before: the older ' +
      'add-ons never go back behind their checkpoints.',
    table(
      ['what tells the position', 'the new input begins'],
      [
        ['a checkpoint in the KV store', 'at it, less the overlap of the table below'],
        [
          'no checkpoint that can be read: the newest event of the last 30 days by index, sourcetype and, where it is the input’s own, source',
          'at that event, less the overlap; of several sourcetypes the one that is behind counts',
        ],
        ['several inputs write the same, or share a checkpoint', 'seven days back'],
        ['no checkpoint and no event', 'where the older input was to begin; else seven days back'],
      ],
    ),
    ...olderAddOns.flatMap((addOn) => addOnBlocks(addOn)),
    '## Limits',
    'Made from the add-ons’ published sources and specifications, and tested against simulations of Splunk and of Microsoft; no migration was run in a real Splunk. Accounts with a ' +
      'certificate are to be made by hand, because the older add-ons do not keep the certificate itself. Proxies are not taken over: set the proxy under Configuration first. ' +
      'Dashboards, searches and alert actions of the older add-ons stay with them.',
  )

function addOnBlocks({ app, title, splunkbase, version, kinds, differs }: OlderAddOn): readonly string[] {
  const moved = kinds.filter(({ moves }) => moves.length > 0)
  const staying = kinds.filter(({ moves }) => moves.length === 0)
  return [
    `## ${title}`,
    `Splunkbase ${splunkbase}, ${code(app)}, version ${version}.`,
    table(
      ['input', 'becomes', 'sourcetypes', 'position', 'overlap'],
      moved.flatMap(({ scheme, moves }) =>
        moves.map((move) => [
          code(scheme),
          `${code(move.scheme)}: ${streamsText(move)}`,
          move.sourcetypes
            .map(({ older, ours }) =>
              ours.length === 1 && ours[0] === older
                ? `${code(older)}, the same`
                : `${code(older)} → ${ours.map((name) => code(name)).join(', ')}`,
            )
            .join('; '),
          positionText(move.position),
          spanText(move.overlapMs),
        ]),
      ),
    ),
    'Different:',
    [
      ...new Set([
        ...moved.flatMap(({ moves, lost = {}, kept }) => [
          ...moves.flatMap((move) => move.differs),
          ...Object.entries(lost).map(([name, says]) => `${code(name)}: ${says}`),
          ...(kept === undefined ? [] : [`the older input is not disabled: ${kept}`]),
        ]),
        ...differs,
      ]),
    ]
      .map((says) => `- ${says}`)
      .join('\n'),
    staying.length === 0
      ? ''
      : `Stays with the older add-on: ${staying.map(({ scheme, stays = '' }) => `${code(scheme)} (${stays})`).join('; ')}.`,
    ...moved.flatMap(({ scheme, stays }) =>
      stays === undefined ? [] : [`Of ${code(scheme)}, what is not in the table stays: ${stays}.`],
    ),
  ]
}

const streamsText = ({ streams, when }: Move): string => {
  const names =
    'setting' in streams
      ? Object.entries(streams.values).map(
          ([value, own]) => `${own.map((name) => code(name)).join(', ')} for ${code(`${streams.setting} = ${value}`)}`,
        )
      : streams.map((name) => code(name))
  return `${names.join(', ')}${when === undefined ? '' : ` where ${code(when)} is on`}`
}

function positionText(position: PositionForm): string {
  switch (position.in) {
    case 'state':
    case 'member':
      return `${code(position.collection)}, key ${code(`${position.key}NAME`)}`
    case 'contents':
      return `${code(`${position.collection}NAME`)}: the newest content`
    case 'unknown-keys':
      return `${code(position.collection)}: the earliest time of the input`
    case 'out-of-reach':
      return `its newest event; its checkpoint is ${position.where}`
  }
}

const spanText = (ms: number): string => (ms % 3_600_000 === 0 ? `${ms / 3_600_000} h` : `${ms / 60_000} min`)
