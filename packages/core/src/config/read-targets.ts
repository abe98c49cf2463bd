import { z } from 'zod'
import type { Kinds } from './kinds.ts'
import type { Reading } from './reading.ts'
import { kindAt } from './read-sources.ts'
import { namedMembers } from './read-tenants.ts'
import type { ConfiguredTarget } from './types.ts'

/** Targets that are valid, in their order. */
export function readTargets(reading: Reading, kinds: Kinds, value: unknown): ConfiguredTarget[] {
  const members = namedMembers(reading, 'targets', value ?? {}, 'the section targets')
  if (isNothing(value))
    reading.add(['targets'], {
      what: 'there is no target',
      why: 'events would go nowhere',
      help: 'add one under `targets`, such as siem: {kind: syslog, url: tcp://HOST:514}',
    })
  return members.flatMap(([name, written]) => readTarget(reading, kinds, name, written) ?? [])
}

function readTarget(reading: Reading, kinds: Kinds, name: string, value: unknown): ConfiguredTarget | undefined {
  const path = ['targets', name]
  const written = reading.section(z.record(z.string(), z.unknown()), path, value, `the target ${name}`)
  const target = written && kindAt(reading, kinds.targets, written, path, 'target')
  if (!written || !target) return undefined
  const { kind } = target
  const own = Object.fromEntries(Object.entries(written).filter(([key]) => key !== 'kind'))
  const options = reading.section<unknown>(target.options, path, own, `the target ${name} of kind ${kind}`)
  if (options === undefined) return undefined
  const format = (options as { readonly format?: string }).format ?? target.formats[0] ?? 'ecs'
  return { name, kind, target, options, format }
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0)
