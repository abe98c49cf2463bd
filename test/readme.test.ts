import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { logTypes } from '@siembridge/catalog'
import { createEngine, type Format, Output } from '@siembridge/engine'
import { expect, test } from 'vitest'
import { samples } from './samples.ts'

const readme = readFileSync(fileURLToPath(new URL('../README.md', import.meta.url)), 'utf8')

test.for(['cef', 'leef', 'hec', 'ecs'] as const)(
  'the line of %s on the first screen is the one that convert writes',
  async (to: Format) => {
    const sample = samples.find((s) => s.type === 'entra.risky-user' && s.name === 'graph-at-risk')
    const engine = await createEngine({ to })
    const out = new Output()
    engine.record(sample?.bytes ?? Buffer.alloc(0), out)
    expect(readme).toContain(`\n${out.take().toString('utf8')}`)
  },
)

test('the number of log types and shapes is right', () => {
  const shapes = logTypes.reduce((sum, type) => sum + Object.keys(type.shapes).length, 0)
  expect(readme).toContain(`catalog of ${logTypes.length} log types** in ${shapes} shapes`)
})
