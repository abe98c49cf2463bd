import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contentOf, types } from './folder.ts'
import { goldenFolder, goldens } from './golden.ts'
import lock from '../../packages/engine/src/slots.lock.json' with { type: 'json' }

const golden = goldens()

test('there is a golden file for every log type and every categorizer, and no other', () => {
  expect(readdirSync(goldenFolder).toSorted()).toEqual([...golden.keys()].toSorted())
})

test.for([...golden])('%s is as committed (npm run golden rewrites it)', ([name, text]) => {
  expect(text).toBe(readFileSync(goldenFolder + name, 'utf8'))
})

const eventField: Readonly<Record<string, string>> = {
  cs: 'deviceCustomString',
  cn: 'deviceCustomNumber',
  cfp: 'deviceCustomFloatingPoint',
}

test.for(types)('%s: its parser keeps every slot that the lock file promises', (type) => {
  const slots = Object.entries((lock as Record<string, { cef: Record<string, string> }>)[type]?.cef ?? {})
  const text = contentOf(`flexagent/siembridge_${type.replace(/[^a-z0-9]/g, '_')}.jsonparser.properties`)
  for (const [slot, field] of slots) {
    const name = slot.replace(/^(cs|cn|cfp)(?=\d)/, (_, kind: string) => eventField[kind] ?? kind)
    const key = field.replaceAll('.', '_')
    // No token has a type for floating point: those fields are additional data.
    if (slot.startsWith('cfp')) expect(text).toContain(`\nadditionaldata.${key}=${key}\n`)
    else expect(text).toMatch(new RegExp(`\\nevent\\.${name}=.*\\b${key}(?:_ms)?\\b`))
  }
})
