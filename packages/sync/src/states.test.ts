import { describe, expect, test } from 'vitest'
import { type CanonicalState, canonicalStates, fromNative, isOver, type System, systems, toNative } from './states.ts'

describe('states', () => {
  test('what a system is told of a state it tells back as a state that is over or not, as before', () => {
    for (const system of systems)
      for (const state of canonicalStates) {
        const back = fromNative(system, toNative(system, state))
        expect(back && isOver(back), `${system} ${state}`).toBe(isOver(state))
      }
  })

  test.each<[System, string, string | undefined, CanonicalState]>([
    ['servicenow-incident', '1', undefined, 'new'],
    ['servicenow-incident', '2', undefined, 'in-progress'],
    ['servicenow-incident', '3', undefined, 'on-hold'],
    ['servicenow-incident', '5', undefined, 'on-hold'],
    ['servicenow-incident', '6', 'Solution provided', 'resolved'],
    ['servicenow-incident', '7', undefined, 'closed'],
    ['servicenow-incident', '8', undefined, 'canceled'],
    ['servicenow-sir', '10', undefined, 'new'],
    ['servicenow-sir', '18', undefined, 'in-progress'],
    ['servicenow-sir', '3', 'False positive', 'resolved-false-positive'],
    ['servicenow-sir', '100', undefined, 'resolved'],
    ['graph-alert', 'Resolved', 'TruePositive', 'resolved-true-positive'],
    ['graph-alert', 'resolved', 'informationalExpectedActivity', 'resolved-benign'],
    ['graph-alert', 'resolved', 'unknown', 'resolved'],
    ['graph-incident', 'redirected', undefined, 'canceled'],
    ['defender-cloud', 'Dismissed', undefined, 'canceled'],
    ['sentinel', 'Closed', 'BenignPositive', 'resolved-benign'],
  ])('%s %s %s is %s', (system, state, verdict, canonical) => {
    expect(fromNative(system, { state, ...(verdict !== undefined && { verdict }) })).toBe(canonical)
  })

  test('a state that nobody knows is undefined', () => expect(fromNative('sentinel', { state: 'Odd' })).toBeUndefined())
})
