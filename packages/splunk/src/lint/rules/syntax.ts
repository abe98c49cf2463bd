import type { FoundSetting } from '../app-package.ts'
import { error, type LintPlace, type LintRule } from '../rule.ts'

const regexKeys = /^(?:EXTRACT-.*|TIME_PREFIX|LINE_BREAKER|BREAK_ONLY_BEFORE|MUST_BREAK_AFTER|REGEX|SEDCMD-.*)$/

/** `EXTRACT-x = REGEX in FIELD` (props.conf.spec). */
const regexOf = ({ key, value }: FoundSetting): string =>
  key.startsWith('EXTRACT-') ? value.replace(/ in [A-Za-z0-9_]+$/, '') : value

const place = ({ path, line, stanza }: Pick<FoundSetting, 'path' | 'line' | 'stanza'>, says: string): LintPlace => ({
  file: path,
  line,
  says: `[${stanza}]: ${says}`,
})

/** What Splunk parses only when it uses it, and then passes over with a line in its log. */
export const syntaxRules: readonly LintRule[] = [
  error('check_regular_expressions_are_closed', 'regular expressions whose brackets are closed', (app) =>
    ['props', 'transforms']
      .flatMap((conf) => app.settings(conf))
      .filter((setting) => regexKeys.test(setting.key) && !isClosed(regexOf(setting)))
      .map((setting) => place(setting, `${setting.key} = ${setting.value}`)),
  ),
  error(
    'check_props_conf_extract_option_has_named_capturing_group',
    'a named group in every EXTRACT-, for it names the field',
    (app) =>
      app
        .settings('props')
        .filter(({ key, value }) => key.startsWith('EXTRACT-') && !/\(\?P?<[A-Za-z_]/.test(value))
        .map((setting) => place(setting, `${setting.key} = ${setting.value}`)),
  ),
  error(
    'check_props_conf_extracts_json_once',
    'not both KV_MODE and INDEXED_EXTRACTIONS: values would be doubled',
    (app) =>
      app
        .stanzas('props')
        .filter(({ settings }) =>
          ['KV_MODE', 'INDEXED_EXTRACTIONS'].every((name) =>
            settings.some(({ key, value }) => key === name && value.toLowerCase() === 'json'),
          ),
        )
        .map(({ path, line, name }) => place({ path, line, stanza: name }, 'json twice')),
  ),
  error('check_eventtypes_conf_searches', 'a search for every event type, with brackets and quotes closed', (app) =>
    app.stanzas('eventtypes').flatMap(({ path, line, name, settings }) => {
      const search = settings.find(({ key }) => key === 'search')?.value ?? ''
      if (search === '') return [place({ path, line, stanza: name }, 'there is no search')]
      return isSearchClosed(search) ? [] : [place({ path, line, stanza: name }, search)]
    }),
  ),
]

function isClosed(regex: string): boolean {
  const bare = regex
    .replaceAll(/\\Q.*?(?:\\E|$)/gs, '')
    .replaceAll(/\\./gs, '')
    // A bracket that comes first in a class stands for itself.
    .replaceAll(/\[\^?\]?(?:\[:\^?\w+:\]|[^\]])*\]/gs, '')
  return !bare.includes('[') && balanced(bare)
}

function isSearchClosed(search: string): boolean {
  const bare = search.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '')
  return !bare.includes('"') && balanced(bare)
}

function balanced(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '(') depth++
    if (character === ')' && --depth < 0) return false
  }
  return depth === 0
}
