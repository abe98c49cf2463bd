import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/**
 * Everything that the first module needs comes into one file. Where files are split, esbuild makes one of each set of modules
 * that the same entries need, a dozen for a start; so every module that is loaded later is made to need the first, which is
 * there by then.
 */
export const oneStart = (first: string): Plugin => ({
  name: 'one-start',
  setup(build) {
    const later = new Set<string>()
    build.onResolve({ filter: /./ }, async ({ path, kind, pluginData, ...rest }) => {
      if (pluginData === build || (kind !== 'dynamic-import' && kind !== 'entry-point')) return undefined
      const found = await build.resolve(path, { ...rest, kind, pluginData: build })
      if (found.path !== first && !found.external) later.add(found.path)
      return found
    })
    build.onLoad({ filter: /\.[jt]s$/ }, async ({ path }) => {
      if (!later.has(path)) return undefined
      const contents = `import ${JSON.stringify(first)}\n${await readFile(path, 'utf8')}`
      return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' }
    })
  },
})
