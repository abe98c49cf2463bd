/** What is wrong with an XML text, as far as views and navigation need it: elements that do not close, and stray characters. */
export function xmlProblem(text: string): { readonly line: number; readonly says: string } | undefined {
  const open: string[] = []
  const token =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+|</g
  let roots = 0
  for (const found of text.replace(/^\u{FEFF}/u, '').matchAll(token)) {
    const [whole, close, name = '', , self] = found
    const at = (says: string): { line: number; says: string } => ({
      line: text.slice(0, found.index).split('\n').length,
      says,
    })
    if (name === '') {
      if (whole === '<') return at('a "<" that begins nothing')
      if (!whole.startsWith('<') && /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)/.test(whole))
        return at('a bare "&"')
      if (!whole.startsWith('<') && open.length === 0 && whole.trim() !== '') return at('text outside of the root')
    } else if (close) {
      if (open.pop() !== name) return at(`</${name}> closes nothing`)
    } else {
      if (open.length === 0 && ++roots > 1) return at('a second root')
      if (!self) open.push(name)
    }
  }
  if (open.length > 0) return { line: text.split('\n').length, says: `<${open.at(-1) ?? ''}> is not closed` }
  return roots === 0 ? { line: 1, says: 'there is no element' } : undefined
}
