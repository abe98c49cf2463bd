import { parseSelector } from '@siembridge/catalog'
import type { PlannedToken } from '../column.ts'
import { Inexpressible, oneOf, type Printed } from './printed.ts'

type Steps = ReturnType<typeof parseSelector>['steps']

/** Where a shape's fields live, as a path below the record; undefined where that is no path. */
export const rootOf = (root: string | undefined): string | undefined =>
  root === undefined ? '' : pathsOf(parseSelector(root).steps)[0]

/** A selector as one token, or as the first of several. Throws Inexpressible. */
export function printSelector(text: string, root: string): Printed {
  const { from, steps } = parseSelector(text)
  if (from !== 'here' && from !== 'record')
    throw new Inexpressible('it lies in an element of a list on the way to another')
  const prefix = from === 'here' && root !== '' ? `${root}/` : ''
  return oneOf(...pathsOf(steps).map((path) => printed(`${prefix}${path}`)))
}

const printed = (location: string): Printed => {
  const token: PlannedToken = { name: location.replaceAll('/', '_'), type: 'String', location }
  return { expression: token.name, tokens: [token] }
}

/** Every path that the alternatives of the steps give. */
function pathsOf(steps: Steps): readonly string[] {
  let paths = ['']
  for (const step of steps) {
    if (step.kind !== 'key') throw new Inexpressible(reasons[step.kind])
    for (const name of step.names)
      if (!/^[A-Za-z_]\w*$/.test(name)) throw new Inexpressible(`the key "${name}" cannot stand in a path`)
    paths = paths.flatMap((path) => step.names.map((name) => (path === '' ? name : `${path}/${name}`)))
  }
  return paths
}

const reasons = {
  each: 'it lies in a list, and a path cannot go into one',
  where: 'it lies in a list, in the element that says so, and a path cannot look for one',
  json: 'it lies in JSON inside of a text',
} as const
