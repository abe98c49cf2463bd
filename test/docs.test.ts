import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { pages } from '../scripts/docs/pages.ts'

const folder = fileURLToPath(new URL('../docs/', import.meta.url))
const written = await pages()

test('there is a page for every service and no other', () => {
  const wanted = [...written.keys()].filter((name) => name.startsWith('log-types/'))
  expect(
    readdirSync(`${folder}log-types`)
      .map((name) => `log-types/${name}`)
      .toSorted(),
  ).toEqual(wanted.toSorted())
})

test.for([...written])('docs/%s is as committed (npm run docs rewrites it)', ([name, text]) => {
  expect(readFileSync(folder + name, 'utf8') === text, `docs/${name} differs; run npm run docs`).toBe(true)
})

test.for([...written])('links of docs/%s lead to files', ([name, text]) => {
  const base = new URL(name, `file://${folder}`)
  const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? '')
  expect(targets.filter((target) => !existsSync(new URL(target, base)))).toEqual([])
})
