import { readdir, stat } from 'node:fs/promises'
import { join, parse, resolve, sep } from 'node:path'

/** Files that a pattern means. `*`, `?` and `[abc]` stand within a name, `**` for any folders. */
export interface Pattern {
  test(path: string): boolean
  /** Files that are there, in the order of their names. A folder that is missing or closed holds none. */
  expand(): Promise<string[]>
}

const magic = /[*?[]/

const escaped = (text: string): string => text.replace(/[.+^${}()|\\\]]/g, String.raw`\$&`)

function nameForm(name: string): string {
  const parts = name.split(/(\*|\?|\[!?[^\]]+\])/)
  return parts
    .map((part) => {
      if (part === '*') return '[^/\\\\]*'
      if (part === '?') return '[^/\\\\]'
      if (/^\[.+\]$/.test(part)) return part.replace('[!', '[^')
      return escaped(part).replaceAll('[', String.raw`\[`)
    })
    .join('')
}

/** `text` is taken from the working folder where it is relative. */
export function patternOf(text: string): Pattern {
  const path = resolve(text)
  const { root } = parse(path)
  const names = path.slice(root.length).split(sep)
  const forms = names.map((name) => (name === '**' ? '**' : nameForm(name)))
  const joined = forms.map((form, at) =>
    form === '**' ? '(?:[^/\\\\]+[/\\\\])*' : form + (at < forms.length - 1 ? '[/\\\\]' : ''),
  )
  const whole = new RegExp(`^${escaped(root)}${joined.join('')}$`)
  return { test: (other) => whole.test(other), expand: async () => (await walk(root, names)).toSorted() }
}

async function walk(folder: string, names: readonly string[]): Promise<string[]> {
  const [name, ...rest] = names
  if (name === undefined) return []
  if (!magic.test(name)) {
    const path = join(folder, name)
    return rest.length > 0 ? walk(path, rest) : (await isFile(path)) ? [path] : []
  }
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  if (name === '**') {
    const below = entries.filter((entry) => entry.isDirectory()).map((entry) => walk(join(folder, entry.name), names))
    return [...new Set([...(await walk(folder, rest)), ...(await Promise.all(below)).flat()])]
  }
  const form = new RegExp(`^${nameForm(name)}$`)
  const found = entries.filter((entry) => form.test(entry.name)).map((entry) => join(folder, entry.name))
  if (rest.length > 0) return (await Promise.all(found.map((path) => walk(path, rest)))).flat()
  const files = await Promise.all(found.map(isFile))
  return found.filter((_, at) => files[at])
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
