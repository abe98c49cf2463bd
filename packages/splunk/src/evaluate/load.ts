import type { OutputFile, ParserProblem } from '@siembridge/core'
import { type Conf, isProblem, readConf, readCsv } from '@siembridge/formats'
import type { Knowledge, SourcetypeProps } from './knowledge.ts'
import { loadProps } from './load-props.ts'
import { parseSearch, type Search, SearchError } from './search.ts'

/** Loads the knowledge objects of an app, wherever in the folder it stands. Never throws: what is wrong stands in `problems`. */
export function loadKnowledge(
  files: readonly OutputFile[],
): Knowledge & { readonly problems: readonly ParserProblem[] } {
  const loader = new Loader(files)
  const sourcetypes = loader.sourcetypes()
  const knowledge = {
    sourcetypes,
    eventTypes: loader.eventTypes(),
    tags: loader.tags(),
    lookups: loader.lookups(sourcetypes),
  }
  return { ...knowledge, problems: loader.problems }
}

class Loader {
  readonly problems: ParserProblem[] = []
  private readonly files: readonly OutputFile[]
  constructor(files: readonly OutputFile[]) {
    this.files = files
  }

  sourcetypes(): Map<string, SourcetypeProps> {
    const found = new Map<string, SourcetypeProps>()
    for (const { path, conf } of this.confs('props.conf'))
      for (const stanza of conf.stanzas)
        found.set(
          stanza.name,
          loadProps(stanza, (line, code, message, help) => this.report(path, line, code, message, help)),
        )
    if (found.size === 0)
      this.report('default/props.conf', undefined, 'no-props', 'there is none', 'Name the folder of the app.')
    return found
  }

  eventTypes(): { name: string; search: Search }[] {
    const found: { name: string; search: Search }[] = []
    for (const { path, conf } of this.confs('eventtypes.conf'))
      for (const { name, settings } of conf.stanzas) {
        const search = settings.find(({ key }) => key === 'search')
        try {
          if (search) found.push({ name, search: parseSearch(search.value) })
        } catch (error) {
          if (!(error instanceof SearchError)) throw error
          this.report(path, search?.line, 'search', error.message, 'Use FIELD="VALUE", NOT, OR and parentheses alone.')
        }
      }
    return found
  }

  tags(): Map<string, readonly string[]> {
    const found = new Map<string, readonly string[]>()
    for (const { conf } of this.confs('tags.conf'))
      for (const { name, settings } of conf.stanzas)
        if (name.startsWith('eventtype='))
          found.set(
            name.slice('eventtype='.length),
            settings.filter(({ value }) => value === 'enabled').map(({ key }) => key),
          )
    return found
  }

  lookups(sourcetypes: ReadonlyMap<string, SourcetypeProps>): Map<string, readonly ReadonlyMap<string, string>[]> {
    const found = new Map<string, readonly ReadonlyMap<string, string>[]>()
    const stanzas = this.confs('transforms.conf').flatMap(({ path, conf }) =>
      conf.stanzas.map((stanza) => ({ path, ...stanza })),
    )
    for (const table of new Set(
      [...sourcetypes.values()].flatMap(({ lookups }) => lookups.map((call) => call.table)),
    )) {
      const stanza = stanzas.find(({ name }) => name === table)
      const file = stanza?.settings.find(({ key }) => key === 'filename')?.value
      const text = file === undefined ? undefined : this.text(`lookups/${file}`)
      const rows = text === undefined ? undefined : readCsv(text)
      if (rows === undefined || isProblem(rows))
        this.report(
          stanza?.path ?? 'default/transforms.conf',
          stanza?.line,
          'lookup-table',
          `no table for the lookup ${table}${rows === undefined ? '' : `: ${rows.problem}`}`,
          'Define it in transforms.conf with its file in lookups/.',
        )
      else found.set(table, tableOf(rows))
    }
    return found
  }

  private confs(name: string): { path: string; conf: Conf }[] {
    return this.files
      .filter(({ path }) => path === name || path.endsWith(`default/${name}`) || path.endsWith(`local/${name}`))
      .map(({ path, content }) => {
        const conf = readConf(typeof content === 'string' ? content : Buffer.from(content).toString('utf8'))
        for (const { line, is, message } of conf.problems)
          this.report(path, line, `conf-${is}`, message, 'Splunk would read something else, or pass it over.')
        return { path, conf }
      })
  }

  private text(name: string): string | undefined {
    const file = this.files.find(({ path }) => path === name || path.endsWith(`/${name}`))
    return file && Buffer.from(file.content).toString('utf8')
  }

  private report(file: string, line: number | undefined, code: string, message: string, help: string): void {
    this.problems.push({ level: 'error', code, file, ...(line !== undefined && { line }), message, help })
  }
}

function tableOf(rows: readonly (readonly string[])[]): ReadonlyMap<string, string>[] {
  const [header = [], ...body] = rows
  return body.map((row) => new Map(header.map((column, at) => [column, row[at] ?? ''])))
}
