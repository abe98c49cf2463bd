/** One step of a JSON keypath: a member, an element, or `[]`, the whole array. */
export type Step = { readonly member: string } | { readonly element: number } | { readonly whole: true }

/** A keypath (`/"a"/"b"[0]`), always from the root of the object. */
export type Keypath = readonly Step[]

/** A template of several keypaths: `{/"a"}, {/"b"}`. */
export type KeypathTemplate = readonly (string | Keypath)[]

export interface KeypathProblem {
  readonly problem: string
  readonly at: number
}

const step = /\/"([^"]*)"((?:\[\d*\])*)/y
const rootElement = /\/((?:\[\d*\])+)/y

/**
 * Reads a keypath ("JSON keypath expressions"): names in double quotes behind `/`, elements from 0 in brackets. A name that
 * holds a double quote or a backslash is refused: how it would be escaped is documented nowhere.
 */
export function readKeypath(text: string): Keypath | KeypathProblem {
  const path: Step[] = []
  let at = 0
  while (at < text.length) {
    const token = at === 0 && text.startsWith('/[') ? rootElement : step
    token.lastIndex = at
    const found = token.exec(text)
    if (!found) return { problem: path.length === 0 ? 'it does not begin with /"name"' : 'a /"name" was expected', at }
    const [, first = '', rest = ''] = found
    if (token === step) {
      if (first === '' || first.includes('\\'))
        return { problem: `the name "${first}" cannot be written for certain`, at }
      path.push({ member: first })
    }
    for (const [, index = ''] of (token === step ? rest : first).matchAll(/\[(\d*)\]/g))
      path.push(index === '' ? { whole: true } : { element: Number(index) })
    at = token.lastIndex
  }
  return path.length === 0 ? { problem: 'it is empty', at: 0 } : path
}

/** Reads a template. A text without braces is a single keypath. */
export function readKeypathTemplate(text: string): KeypathTemplate | KeypathProblem {
  if (!text.includes('{')) {
    const path = readKeypath(text)
    return 'problem' in path ? path : [path]
  }
  const parts: (string | Keypath)[] = []
  const token = /\{([^{}]*)\}|[^{}]+|[{}]/y
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [whole, inner] = found
    if (inner === undefined) {
      if (whole === '{' || whole === '}') return { problem: `a "${whole}" without its partner`, at: found.index }
      parts.push(whole)
    } else {
      const path = readKeypath(inner)
      if ('problem' in path) return { ...path, at: found.index + 1 + path.at }
      parts.push(path)
    }
    if (token.lastIndex === text.length) break
  }
  return parts
}

/** Whether a member's name can be written in a keypath without a doubt. */
export const isPlainMember = (name: string): boolean => name !== '' && !/["\\{}]/.test(name)

export const keypathText = (...members: readonly string[]): string => members.map((name) => `/"${name}"`).join('')
