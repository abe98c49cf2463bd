import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sampleLine, siembridge, Workspace } from './run.ts'

// A short run takes as long as what it loads. No test measures time; these say what is loaded, so that more does not slip in.

/** Writes down, when the process ends, which files and which of Node's own modules it has loaded. */
const hook = `process.once('exit', () => require('node:fs').writeFileSync(process.env.LOADED, JSON.stringify([
  ...Object.keys(require.cache).filter((path) => path !== __filename),
  ...process.moduleLoadList.filter((name) => name.startsWith('NativeModule ')),
])))`

async function loadedBy(args: readonly string[], stdin: string): Promise<{ files: string[]; ofNode: string[] }> {
  using folder = new Workspace()
  const list = folder.file('loaded.json', '')
  const node = ['--require', folder.file('hook.cjs', hook)]
  const { stdout, stderr } = await siembridge(args, { stdin, node, env: { ...process.env, LOADED: list } })
  expect({ stderr, lines: stdout.split('\n').length }).toEqual({ stderr: '', lines: 2 })
  const names = JSON.parse(readFileSync(list, 'utf8')) as string[]
  const own = /^NativeModule (?!internal\/)/
  return {
    // What esbuild names by its content goes without that.
    files: names
      .filter((name) => !name.startsWith('NativeModule '))
      .map((p) => basename(p).replace(/-[A-Z0-9]{8}\./, '.')),
    ofNode: names.filter((name) => own.test(name)).map((name) => name.replace(own, '')),
  }
}

const signIn = sampleLine('entra.sign-in', 'graph-failure-at-risk')
const start = ['siembridge.js', 'main.js', 'chunk.js']
/** Files that the start is cut into, because commands share parts of it: each costs a fifth of a millisecond. */
const mostChunks = 5

describe('what is loaded', () => {
  test('for CEF of one sign-in: what every start needs, and the functions of that type', async () => {
    const { files, ofNode } = await loadedBy(['convert', '--to', 'cef'], `${signIn}\n`)
    expect([...new Set(files)]).toEqual([...start, 'entra.sign-in.cjs'])
    expect(files.filter((name) => name === 'chunk.js').length).toBeLessThanOrEqual(mostChunks)
    for (const name of ['crypto', 'net', 'tls', 'child_process', 'readline', 'worker_threads', 'fs/promises'])
      expect(ofNode).not.toContain(name)
  })

  test('for a record that only the interpreter can convert: the interpreter and the catalog besides', async () => {
    const { files } = await loadedBy(['convert', '--to', 'cef'], `${signIn.replace('"id":', '"ID":')}\n`)
    expect(files).toContain('interpreter.js')
    expect(files.length).toBeGreaterThan(start.length + 2)
  })

  test('by a program that uses the engine as a package: no log type and no interpreter before one is wanted', () => {
    const script = `
      import { registerHooks } from 'node:module'
      const urls = []
      registerHooks({ load: (url, context, next) => (urls.push(url), next(url, context)) })
      const { createEngine, Output } = await import('@siembridge/engine')
      const engine = await createEngine({ to: 'cef' })
      const record = (text) => engine.record(Buffer.from(text), new Output()).events
      const counts = [record(process.argv[1]), urls.filter((url) => /log-types|interpreter/.test(url)).length]
      counts.push(record(process.argv[1].replace('"id":', '"ID":')))
      console.log(JSON.stringify([...counts, urls.some((url) => url.endsWith('/interpreter.js'))]))`
    const args = ['--input-type=module', '--eval', script, signIn]
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: 'utf8' })
    expect({ stderr, said: stdout.trim() }).toEqual({ stderr: '', said: '[1,0,1,true]' })
  })
})
