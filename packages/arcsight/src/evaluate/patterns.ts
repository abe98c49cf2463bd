import { isProblem, type JavaRegex, javaRegex } from '@siembridge/formats'

const compiled = new Map<string, JavaRegex | string>()

/** A pattern of Java, or why it does not compile here. Compiled once. */
export function patternOf(text: string, dotAll = false): JavaRegex | string {
  const key = `${dotAll ? 's' : ''}/${text}`
  const known = compiled.get(key)
  if (known !== undefined) return known
  const regex = javaRegex(text, { dotAll })
  const found = isProblem(regex) ? `${regex.problem}, at character ${regex.at + 1}` : regex
  if (compiled.size > 5000) compiled.clear()
  compiled.set(key, found)
  return found
}
