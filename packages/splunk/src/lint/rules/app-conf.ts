import type { AppPackage } from '../app-package.ts'
import { error, type LintPlace, type LintRule, noFile, warning } from '../rule.ts'
import { builtInConfs } from './built-in-confs.ts'

const app = 'default/app.conf'
const at = (line: number | undefined, says: string): LintPlace => ({
  file: app,
  ...(line !== undefined && { line }),
  says,
})

// Semantic Versioning 2.0.0, "Is there a suggested regular expression…?"
const semver =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/

function versions(pkg: AppPackage): { version: string; place: LintPlace }[] {
  const manifest = manifestOf(pkg)?.info?.id?.version
  return [
    ...(['launcher', 'id'] as const).flatMap((stanza) => {
      const found = pkg.setting('app', stanza, 'version')
      return found ? [{ version: found.value, place: at(found.line, `[${stanza}] version = ${found.value}`) }] : []
    }),
    ...(manifest === undefined
      ? []
      : [{ version: manifest, place: { file: 'app.manifest', says: `version ${manifest}` } }]),
  ]
}

interface Manifest {
  readonly schemaVersion?: string
  readonly info?: { readonly id?: { readonly name?: string; readonly version?: string }; readonly title?: string }
}

export function manifestOf(pkg: AppPackage): Manifest | undefined {
  try {
    return JSON.parse(pkg.file('app.manifest')?.text ?? '{}') as Manifest
  } catch {
    return undefined
  }
}

/** Confs that only this app knows: those that Splunk does not bring. */
export const customConfs = (pkg: AppPackage): string[] => [
  ...new Set(
    [...pkg.below('default'), ...pkg.below('README')]
      .flatMap(({ path }) => /^(?:default|README)\/([^/]+)\.conf(?:\.spec)?$/.exec(path)?.[1] ?? [])
      .filter((name) => !builtInConfs.has(name)),
  ),
]

/** app.conf and app.manifest. */
export const appConfRules: readonly LintRule[] = [
  error('check_that_extracted_splunk_app_contains_default_app_conf_file', 'default/app.conf', (pkg) =>
    pkg.file(app) ? [] : [at(undefined, 'there is none')],
  ),
  error('check_version_is_valid_semver', 'one semantic version, the same everywhere', (pkg) => {
    const all = versions(pkg)
    if (all.length === 0) return [at(undefined, 'there is no version')]
    return all.filter(({ version }) => !semver.test(version) || version !== all[0]?.version).map(({ place }) => place)
  }),
  error('check_for_valid_package_id', 'one id in [package], [id], app.manifest and the name of the folder', (pkg) => {
    const ids = [
      { id: pkg.setting('app', 'package', 'id')?.value, from: '[package] id' },
      { id: pkg.setting('app', 'id', 'name')?.value, from: '[id] name' },
      ...(pkg.file('app.manifest') ? [{ id: manifestOf(pkg)?.info?.id?.name, from: 'app.manifest' }] : []),
    ]
    return ids.filter(({ id }) => id !== pkg.name).map(({ id, from }) => at(undefined, `${from} is ${id ?? 'missing'}`))
  }),
  error(
    'check_that_app_name_config_is_valid',
    'an id of letters, digits, _, - and . that does not begin with a digit',
    ({ name }) =>
      /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name) && !/\.(?:spl|tar|tgz)$/.test(name) ? [] : [{ file: '', says: name }],
  ),
  error('check_for_valid_ui_label', 'a label of 5 to 80 characters', (pkg) => {
    const label = pkg.setting('app', 'ui', 'label')
    return label && label.value.length >= 5 && label.value.length <= 80
      ? []
      : [at(label?.line, label?.value ?? 'there is none')]
  }),
  error('check_for_invalid_app_names', 'no "Splunk App for …" or "… for Splunk by Splunk" by others', (pkg) => {
    const label = pkg.setting('app', 'ui', 'label')
    return label && /splunk\s+(?:app|add-?on)\s+for|^splunk\b/i.test(label.value) ? [at(label.line, label.value)] : []
  }),
  error('check_that_setup_has_not_been_performed', 'is_configured = false', (pkg) => {
    const found = pkg.setting('app', 'install', 'is_configured')
    return found && !/^(?:0|false|f|n|no)$/i.test(found.value) ? [at(found.line, `is_configured = ${found.value}`)] : []
  }),
  ...(['install_source_checksum', 'install_source_local_checksum'] as const).map((key) =>
    error(`check_no_${key}`, `no ${key}: Splunk writes it`, (pkg) => {
      const found = pkg.setting('app', 'install', key)
      return found ? [at(found.line, 'it is set')] : []
    }),
  ),
  error(
    'check_for_updates_disabled',
    'check_for_updates = false: no update of a private app comes from Splunkbase',
    (pkg) => {
      const found = pkg.setting('app', 'package', 'check_for_updates')
      return found && /^(?:0|false|f|n|no)$/i.test(found.value)
        ? []
        : [at(found?.line, found ? `= ${found.value}` : 'it is not set')]
    },
  ),
  error('check_for_trigger_stanza', 'no trigger for a conf that Splunk itself reloads', (pkg) =>
    triggers(pkg)
      .filter(({ conf }) => builtInConfs.has(conf))
      .map(({ conf, line }) => at(line, `${conf}.conf is Splunk’s`)),
  ),
  error('check_reload_trigger_for_all_custom_confs', 'a trigger for every conf of the app’s own', (pkg) => {
    const known = triggers(pkg).map(({ conf }) => conf)
    return customConfs(pkg)
      .filter((conf) => !known.includes(conf))
      .map((conf) => at(undefined, `there is no reload.${conf} in [triggers]`))
  }),
  warning(
    'check_custom_conf_replication',
    'every conf of the app’s own is replicated in a search-head cluster',
    (pkg) =>
      customConfs(pkg)
        .filter((conf) => !pkg.setting('server', 'shclustering', `conf_replication_include.${conf}`))
        .map((conf) => ({ file: 'default/server.conf', says: `conf_replication_include.${conf} is missing` })),
  ),
  error('check_validate_json_data_is_well_formed', 'JSON without comments', ({ files }) =>
    files
      .filter(({ path, text }) => (path.endsWith('.json') || path === 'app.manifest') && !isJson(text))
      .map(({ path }) => ({ file: path, says: 'not JSON' })),
  ),
  error('check_app_manifest_schema', 'app.manifest of schema 2.0.0 with title and id', (pkg) => {
    const manifest = manifestOf(pkg)
    if (!pkg.file('app.manifest') || manifest === undefined) return []
    return manifest.schemaVersion === '2.0.0' && manifest.info?.title && manifest.info.id?.name
      ? []
      : [{ file: 'app.manifest', says: 'schemaVersion, info.title or info.id is missing' }]
  }),
  noFile('check_setup_xml', 'default/setup.xml', 'no setup.xml: it is gone from Splunk'),
]

const triggers = (pkg: AppPackage): { conf: string; line: number }[] =>
  pkg
    .settings('app')
    .filter(({ stanza, key }) => stanza === 'triggers' && key.startsWith('reload.'))
    .map(({ key, line }) => ({ conf: key.slice('reload.'.length), line }))

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
