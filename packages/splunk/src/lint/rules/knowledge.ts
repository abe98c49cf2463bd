import { isProblem, readCsv } from '@siembridge/formats'
import type { AppPackage } from '../app-package.ts'
import { error, type LintRule, warning } from '../rule.ts'

/** Stanzas of props.conf that belong to Splunk (Splunk, "List of pretrained source types"), as far as anybody would take one. */
const pretrained = new Set([
  'access_combined',
  'access_combined_wcookie',
  'access_common',
  'apache_error',
  '_json',
  'cisco_syslog',
  'csv',
  'generic_single_line',
  'json',
  'json_no_timestamp',
  'linux_audit',
  'linux_messages_syslog',
  'linux_secure',
  'log4j',
  'log4php',
  'splunkd',
  'stash',
  'syslog',
  'tsv',
  'w3c',
  'WinEventLog',
  'XmlWinEventLog',
])

interface Reference {
  readonly line: number
  readonly path: string
  readonly name: string
}

function references(app: AppPackage, kind: RegExp): Reference[] {
  return app
    .settings('props')
    .filter(({ key }) => kind.test(key))
    .flatMap(({ path, line, key, value }) =>
      (key.startsWith('LOOKUP') ? [value.split(/\s+/)[0] as string] : value.split(',')).map((name) => ({
        path,
        line,
        name: name.trim(),
      })),
    )
}

const transforms = (app: AppPackage): string[] => app.stanzas('transforms').map(({ name }) => name)
const lookupsOf = (app: AppPackage): { file: string; line: number }[] =>
  app
    .settings('transforms')
    .filter(({ key }) => key === 'filename')
    .map(({ value, line }) => ({ file: value, line }))

/** props.conf, transforms.conf, lookups, event types, saved searches. */
export const knowledgeRules: readonly LintRule[] = [
  error(
    'check_that_no_configurations_of_default_source_type_in_props_conf',
    'no props for sourcetypes that Splunk brings, and none for all',
    (app) =>
      app
        .stanzas('props')
        .filter(({ name }) => pretrained.has(name) || /^(?:host|source|sourcetype|rule)::\*$/.test(name))
        .map(({ path, line, name }) => ({ file: path, line, says: `[${name}]` })),
  ),
  error(
    'check_props_conf_has_no_prohibited_characters_in_sourcetypes',
    'none of <>?&#[]/ and no :: in sourcetypes',
    (app) =>
      app
        .stanzas('props')
        .filter(({ name }) => !/^(?:host|source|rule|delayedrule)::/.test(name) && /[<>?&#[\]/]|::/.test(name))
        .map(({ path, line, name }) => ({ file: path, line, says: `[${name}]` })),
  ),
  error('check_props_conf_has_no_ingest_eval_lookups', 'no lookup() in INGEST_EVAL', (app) =>
    [...app.settings('props'), ...app.settings('transforms')]
      .filter(({ key, value }) => key.startsWith('INGEST_EVAL') && /\blookup\s*\(/.test(value))
      .map(({ path, line }) => ({ file: path, line, says: 'lookup()' })),
  ),
  error('check_props_conf_unarchive_cmd_is_not_set', 'no unarchive_cmd: it would start a program', (app) =>
    app
      .settings('props')
      .filter(({ key }) => key === 'unarchive_cmd')
      .map(({ path, line }) => ({ file: path, line, says: 'it is set' })),
  ),
  error(
    'check_props_conf_report_has_matching_transform',
    'every REPORT-, TRANSFORMS- and LOOKUP- names a stanza that is there',
    (app) => {
      const known = transforms(app)
      return references(app, /^(?:REPORT|TRANSFORMS|LOOKUP)-/)
        .filter(({ name }) => !known.includes(name))
        .map(({ path, line, name }) => ({ file: path, line, says: `there is no [${name}] in transforms.conf` }))
    },
  ),
  error('check_capture_groups_in_transforms', 'a regular expression with a group for each field', (app) =>
    app
      .settings('transforms')
      .filter(({ key, value }) => key === 'REGEX' && !/\((?!\?[:!=<])|\(\?<[A-Za-z_]/.test(value))
      .map(({ path, line, value }) => ({ file: path, line, says: value })),
  ),
  error('check_transforms_conf_for_external_cmd', 'no lookup that starts a program', (app) =>
    app
      .settings('transforms')
      .filter(({ key }) => key === 'external_cmd')
      .map(({ path, line }) => ({ file: path, line, says: 'external_cmd' })),
  ),
  error(
    'check_lookup_csv_is_valid',
    'tables in UTF-8 with a header, at least two columns, and rows of one width',
    (app) =>
      app
        .below('lookups')
        .filter(({ path }) => path.endsWith('.csv'))
        .flatMap((file) => {
          const rows = readCsv(file.text)
          if (isProblem(rows)) return [{ file: file.path, says: rows.problem }]
          if (file.text.includes('\r') || file.text.includes('\u{FFFD}'))
            return [{ file: file.path, says: 'not UTF-8 with line feeds' }]
          return (rows[0]?.length ?? 0) < 2 ? [{ file: file.path, says: 'fewer than two columns' }] : []
        }),
  ),
  error('check_lookup_files_exist', 'a file for every lookup', (app) =>
    lookupsOf(app)
      .filter(({ file }) => !app.file(`lookups/${file}`) && !app.file(`lookups/${file}.default`))
      .map(({ file, line }) => ({ file: 'default/transforms.conf', line, says: `there is no lookups/${file}` })),
  ),
  warning('check_all_lookups_are_used', 'a lookup for every file', (app) =>
    app
      .below('lookups')
      .filter(({ path }) =>
        lookupsOf(app).every(({ file }) => path.slice('lookups/'.length).replace(/\.default$/, '') !== file),
      )
      .map(({ path }) => ({ file: path, says: 'nothing uses it' })),
  ),
  error('check_for_lookups_file_name', 'not both NAME.csv and NAME.csv.default', (app) =>
    app
      .below('lookups')
      .filter(({ path }) => path.endsWith('.default') && app.file(path.slice(0, -'.default'.length)))
      .map(({ path }) => ({ file: path, says: 'the same table twice' })),
  ),
  error(
    'check_for_savedsearches_used_in_eventtypes_conf',
    'event types without pipes, saved searches and sub-searches',
    (app) =>
      app
        .settings('eventtypes')
        .filter(({ key, value }) => key === 'search' && /[|[]|savedsearch=/.test(value))
        .map(({ path, line }) => ({ file: path, line, says: 'more than terms' })),
  ),
  error('check_eventtypes_tags_exist', 'tags only for event types that are there', (app) => {
    const known = app.stanzas('eventtypes').map(({ name }) => `eventtype=${name}`)
    return app
      .stanzas('tags')
      .filter(({ name }) => name.startsWith('eventtype=') && !known.includes(name))
      .map(({ path, line, name }) => ({ file: path, line, says: `[${name}]` }))
  }),
  error('check_for_real_time_saved_searches_for_cloud', 'no saved search in real time', (app) =>
    app
      .settings('savedsearches')
      .filter(({ key, value }) => key.startsWith('dispatch.') && value.startsWith('rt'))
      .map(({ path, line, stanza }) => ({ file: path, line, says: `[${stanza}]` })),
  ),
  error('check_for_gratuitous_cron_scheduling', 'no saved search every minute', (app) =>
    app
      .settings('savedsearches')
      .filter(({ key, value }) => key === 'cron_schedule' && /^\*(?:\/1)?\s/.test(value))
      .map(({ path, line, stanza }) => ({ file: path, line, says: `[${stanza}]` })),
  ),
  error('check_for_sched_saved_searches_earliest_time', 'scheduled searches with a beginning and an end', (app) =>
    app
      .stanzas('savedsearches')
      .filter(
        ({ settings }) =>
          settings.some(({ key }) => key === 'cron_schedule') &&
          !['dispatch.earliest_time', 'dispatch.latest_time'].every((key) => settings.some((one) => one.key === key)),
      )
      .map(({ path, line, name }) => ({ file: path, line, says: `[${name}]` })),
  ),
  error('check_for_emails_in_saved_search', 'no mail addresses in saved searches', (app) =>
    app
      .settings('savedsearches')
      .filter(({ key, value }) => key.startsWith('action.email') && value.includes('@'))
      .map(({ path, line, stanza }) => ({ file: path, line, says: `[${stanza}]` })),
  ),
]
