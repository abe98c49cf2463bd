import { expect, test } from 'vitest'
import { readPosition as ofGraph } from '../graph/position.ts'
import { readPosition as ofOffice } from '../office/position.ts'
import { positionAt } from './position.ts'

test('a position at a time is one that every source reads', () => {
  const wanted = { to: 1_772_438_462_500, since: 1_772_438_462_500 }
  expect(ofGraph(positionAt(1_772_438_462_500.7), 'x')).toEqual(wanted)
  expect(ofOffice(positionAt(1_772_438_462_500.7), 'x')).toEqual(wanted)
})
