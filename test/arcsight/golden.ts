import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isProblem, readProperties } from '@siembridge/formats'
import { files, types } from './folder.ts'

export const goldenFolder = fileURLToPath(new URL('expected/', import.meta.url))

/** Golden files by name: one a log type with the substance of its parsers, and the categorizers as they are. */
export function goldens(): ReadonlyMap<string, string> {
  const golden = new Map<string, string>()
  for (const type of types) {
    const plain = type.replace(/[^a-z0-9]/g, '_')
    const own = files.filter(({ path }) =>
      new RegExp(`^flexagent/siembridge_(?:${plain}|raw_${plain}_[a-z0-9]+(?:_[a-z0-9]+)*)\\.jsonparser`).test(path),
    )
    golden.set(`${type}.txt`, own.map(({ path, content }) => `# ${path}\n${substance(String(content))}`).join('\n'))
  }
  for (const { path, content } of files.filter((file) => file.path.endsWith('.csv')))
    golden.set(path.slice(path.lastIndexOf('/') + 1), String(content))
  return golden
}

/** A token a line in place of three, and none for a text that has the name of its place: its use tells of it. */
function substance(content: string): string {
  const read = readProperties(content)
  if (isProblem(read)) throw new Error(read.problem)
  const values = new Map(read.map(({ key, value }) => [key, value]))
  return read
    .flatMap(({ key, value }) => {
      const token = /^(token\[\d+\])\.(name|type|location)$/.exec(key)
      if (!token) return [`${key}=${value}`]
      if (token[2] !== 'name') return []
      const [type, location] = ['type', 'location'].map((part) => values.get(`${token[1]}.${part}`))
      return type === 'String' && location === value ? [] : [`${token[1]} ${type} ${location} as ${value}`]
    })
    .map((line) => `${line}\n`)
    .join('')
}

export function writeArcsightGoldens(): void {
  const golden = goldens()
  mkdirSync(goldenFolder, { recursive: true })
  for (const name of readdirSync(goldenFolder)) if (!golden.has(name)) rmSync(goldenFolder + name)
  for (const [name, text] of golden) writeFileSync(goldenFolder + name, text)
}
