import type { ParserProblem } from '@siembridge/core'
import { isElement, isXmlProblem, readXml, type XmlElement, xmlElementsOf, xmlTextOf } from '@siembridge/formats/xml'
import { type CheckCode, problem } from '../problem.ts'
import { type AttributeValues, readAttributes } from './attributes.ts'
import { decodeXml } from './decode.ts'
import { type Identity, isMatcherKind, lsxNamespace, patternTypes, type PatternType } from './grammar.ts'
import type { Lsx, MatchGroup, Matcher, Modifier, Pattern } from './model.ts'

/** Reads an extension, whoever wrote it. Without `lsx` nothing could be read; what could is there beside the problems. */
export function readLsx(
  file: string,
  content: string | Uint8Array,
): { readonly lsx?: Lsx; readonly problems: ParserProblem[] } {
  const decoded = typeof content === 'string' ? { text: content } : decodeXml(content)
  if ('problem' in decoded)
    return { problems: [problem('xml-malformed', file, 1, `no well-formed XML: ${decoded.problem}`)] }
  const root = readXml(decoded.text)
  if (isXmlProblem(root)) {
    const { line, column, problem: why } = root
    return { problems: [problem('xml-malformed', file, line, `no well-formed XML at column ${column}: ${why}`)] }
  }
  return new Reader(file, root).read()
}

class Reader {
  private readonly problems: ParserProblem[] = []
  private readonly patterns = new Map<string, Pattern>()
  private readonly groups: MatchGroup[] = []
  private readonly file: string
  private readonly root: XmlElement
  constructor(file: string, root: XmlElement) {
    this.file = file
    this.root = root
  }

  read(): { lsx?: Lsx; problems: ParserProblem[] } {
    const { root, file, problems, patterns } = this
    if (root.local !== 'device-extension' || root.uri !== lsxNamespace) {
      this.say(
        'namespace-wrong',
        root,
        `the root is ${root.name} of "${root.uri}", not device-extension of "${lsxNamespace}"`,
      )
      if (root.local !== 'device-extension') return { problems }
    }
    readAttributes(root, file, problems)
    const children = xmlElementsOf(root)
    const inNamespace = this.checkNamespaces(children)
    for (const child of children) this.child(child)
    if (this.groups.length === 0)
      this.say('event-name-missing', root, 'there is no match-group: nothing is ever parsed')
    const groups = this.groups.toSorted((a, b) => a.order - b.order)
    return { lsx: { file, patterns, groups, childrenInNamespace: inNamespace }, problems }
  }

  private checkNamespaces(children: readonly XmlElement[]): boolean {
    const foreign = children.find(({ uri }) => uri !== '' && uri !== lsxNamespace)
    if (foreign) this.say('namespace-wrong', foreign, `${foreign.name} stands in the namespace "${foreign.uri}"`)
    const inside = children.find(({ uri }) => uri === lsxNamespace)
    if (inside) this.say('namespace-children', inside, `${inside.name} and its like stand in the namespace of the root`)
    return inside !== undefined
  }

  private child(element: XmlElement): void {
    if (element.local === 'pattern') this.pattern(element)
    else if (element.local === 'match-group') this.group(element)
    else this.say('element-unknown', element, `device-extension holds no ${element.name}`)
  }

  private pattern(element: XmlElement): void {
    const values = readAttributes(element, this.file, this.problems)
    if (this.groups.length > 0) this.say('element-order', element, 'a pattern stands behind a match-group')
    const inner = element.children.find(isElement)
    if (inner) this.say('element-unknown', inner, `a pattern holds text, not <${inner.name}>`)
    const { id, type = 'JavaPattern' } = values
    if (id === undefined) return
    const text = xmlTextOf(element)
    const trim = values['trim-whitespace'] === 'true'
    this.checkSpace(element, text, trim)
    if (!(patternTypes as readonly string[]).includes(type)) {
      this.say('attribute-value', element, `type="${type}" is none of ${patternTypes.join(', ')}`)
      return
    }
    if (this.patterns.has(id)) this.say('pattern-duplicate', element, `the id "${id}" is there already`)
    else
      this.patterns.set(id, {
        id,
        type: type as PatternType,
        text,
        caseInsensitive: values['case-insensitive'] === 'true',
        trim,
        java: values['use-default-pattern'] === 'true',
        line: element.line,
      })
    if (values['use-default-pattern'] === 'true')
      this.say('engine-name', element, `pattern "${id}" asks for java.util.regex`)
  }

  private checkSpace(element: XmlElement, text: string, trim: boolean): void {
    if (trim) this.say('trim-doubt', element, 'what trim-whitespace leaves of the pattern is not documented')
    else if (text !== text.trim())
      this.say('pattern-space', element, 'spaces or line ends stand around the pattern and are part of it')
  }

  private group(element: XmlElement): void {
    const values = readAttributes(element, this.file, this.problems)
    const order = Number(values['order'] ?? this.groups.length + 1)
    if (order === 0) this.say('attribute-value', element, 'order="0": it begins with 1')
    if (this.groups.some((group) => group.order === order))
      this.say('order-duplicate', element, `there is a match-group of order ${order} already`)
    const override = values['device-type-id-override']
    if (override !== undefined)
      this.say(
        'type-override',
        element,
        `events go to the type with the id ${override}, whatever that is on your system`,
      )
    const children = xmlElementsOf(element)
    const singles = children.filter(({ local }) => local === 'event-match-single').map((c) => this.single(c))
    const multiples = children.filter(({ local }) => local === 'event-match-multiple').map((c) => this.multiple(c))
    for (const { local, name, line } of children)
      if (!isMatcherKind(local) && !local.startsWith('event-match-'))
        this.problems.push(problem('element-unknown', this.file, line, `a match-group holds no ${name}`))
    this.groups.push({
      order,
      description: values['description'] ?? '',
      ...(override !== undefined && { typeOverride: Number(override) }),
      matchers: children.flatMap((child) => this.matcher(child) ?? []),
      singles,
      multiples,
      line: element.line,
    })
  }

  private matcher(element: XmlElement): Matcher | undefined {
    if (!isMatcherKind(element.local)) return undefined
    const values = readAttributes(element, this.file, this.problems)
    if (element.children.some(isElement)) this.say('element-unknown', element, `${element.name} is an empty element`)
    const { field, 'pattern-id': pattern } = values
    if (field === undefined || pattern === undefined) return undefined
    return {
      kind: element.local,
      field,
      pattern,
      order: Number(values['order'] ?? 1),
      group: values['capture-group'] ?? '0',
      substitutions: values['enable-substitutions'] === 'true',
      ...(values['ext-data'] !== undefined && { dateFormat: values['ext-data'] }),
      ...(values['delimiter-pair'] !== undefined && { pairDelimiter: values['delimiter-pair'] }),
      ...(values['delimiter-namevalue'] !== undefined && { valueDelimiter: values['delimiter-namevalue'] }),
      ...(values['delimiter'] !== undefined && { listDelimiter: values['delimiter'] }),
      line: element.line,
    }
  }

  private single(element: XmlElement) {
    const values = readAttributes(element, this.file, this.problems)
    return { eventName: values['event-name'] ?? '', ...this.modifier(element, values) }
  }

  private multiple(element: XmlElement) {
    const values = readAttributes(element, this.file, this.problems)
    const group = values['capture-group-index']
    return {
      pattern: values['pattern-id'] ?? '',
      ...(group !== undefined && { group: Number(group) }),
      ...this.modifier(element, values),
    }
  }

  private modifier(element: XmlElement, values: AttributeValues): Modifier {
    const severity = values['severity'] === undefined ? undefined : Number(values['severity'])
    const out = severity !== undefined && (severity < 1 || severity > 10)
    if (out) this.say('severity-range', element, `severity="${severity}"`)
    return {
      ...(values['device-event-category'] !== undefined && { category: values['device-event-category'] }),
      ...(severity !== undefined && { severity: out ? 5 : severity }),
      identity: (values['send-identity'] ?? 'UseDSMResults') as Identity,
      lookUpAgain: values['force-qidmap-lookup-on-fixup'] === 'true',
      line: element.line,
    }
  }

  private say(code: CheckCode, { line }: XmlElement, message: string): void {
    this.problems.push(problem(code, this.file, line, message))
  }
}
