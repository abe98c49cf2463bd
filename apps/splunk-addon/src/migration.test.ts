import { sourcetypesOf } from '@siembridge/engine/plans'
import { type Move, olderAddOns, ourApp, ourConf, ourRealm, ourState } from '@siembridge/splunk/migration'
import { expect, test } from 'vitest'
import { about, collections, customConfs, realms } from './about.ts'
import { collectedStreams, schemes } from './schemes.ts'

// The tables of the migration know the add-on by its names alone: here they meet.

const moves: readonly Move[] = olderAddOns.flatMap(({ kinds }) => kinds.flatMap((kind) => kind.moves))
const streamsOf = ({ streams }: Move): readonly string[] =>
  'setting' in streams ? Object.values(streams.values).flat() : streams

test('names of the add-on are those that a migration writes to', () => {
  expect([ourApp, ourConf, ourRealm, ourState]).toEqual([
    about.id,
    customConfs.account,
    realms.account,
    collections.state,
  ])
})

test('every stream that takes the place of an older input belongs to the kind of input that it is given to', () => {
  for (const move of moves) {
    const own = schemes.find(({ name }) => name === move.scheme)?.streams.map(({ name }) => name) ?? []
    expect(streamsOf(move).filter((name) => !own.includes(name))).toEqual([])
  }
})

test('the sourcetypes that are promised are those that the streams come under', () => {
  for (const move of moves) {
    const types = streamsOf(move).flatMap(
      (name) => collectedStreams.find((stream) => stream.name === name)?.expects ?? [],
    )
    const written = types.flatMap((type) => {
      const { own, published } = sourcetypesOf(type)
      return published.length === 0 ? [own] : [...published, own]
    })
    for (const { ours } of move.sourcetypes) expect(written).toEqual(expect.arrayContaining([...ours]))
  }
})
