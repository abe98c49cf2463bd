import { sourcetypesOf } from '@siembridge/engine/plans'
import type { ConfStanza } from '@siembridge/formats'
import { type Subject, subjects } from './subject.ts'

/** Sourcetypes of a subject, ours first. */
export const subjectSourcetypes = ({ types, compatible }: Subject): readonly string[] => [
  ...types.map((type) => sourcetypesOf(type).own),
  ...compatible,
]

function definitionOf(subject: Subject): string {
  const terms = subjectSourcetypes(subject).map((name) => `sourcetype="${name}"`)
  const evals = Object.entries(subject.fields).map(([name, expression]) => `siembridge_${name}=${expression}`)
  const names = Object.keys(subject.fields)
  // Every expression reads the event's own fields: one after another they would read what the one before made.
  return [
    `\`siembridge_index\` (${terms.join(' OR ')})`,
    '`siembridge_dedup`',
    `eval ${evals.join(', ')}`,
    `fields _time, _raw, ${names.map((name) => `siembridge_${name}`).join(', ')}`,
    `rename ${names.map((name) => `siembridge_${name} as ${name}`).join(', ')}`,
  ].join(' | ')
}

/** Macros that the dashboards search by, for macros.conf. */
export const dashboardMacros: readonly ConfStanza[] = [
  {
    name: 'siembridge_index',
    comment: ['Indexes that the dashboards look at; `index=security OR index=main` makes them faster than all.'],
    settings: [
      ['definition', 'index=*'],
      ['iseval', '0'],
    ],
  },
  ...subjects.map((subject) => ({
    name: subject.macro,
    comment: [
      `${subject.about[0]?.toUpperCase() ?? ''}${subject.about.slice(1)}, each event once, under one name a field.`,
    ],
    settings: [
      ['definition', definitionOf(subject)],
      ['iseval', '0'],
    ] as const,
  })),
]
