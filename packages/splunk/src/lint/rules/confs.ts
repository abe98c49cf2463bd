import { error, type LintRule, noFile, warning } from '../rule.ts'

/** Confs that an app may not bring: the check that refuses each. */
const refused: Readonly<Record<string, string>> = {
  audit: 'check_audit_conf_deny_list',
  bookmarks: 'check_bookmarks_conf_deny_list',
  crawl: 'check_crawl_conf_deny_list',
  datatypesbnf: 'check_datatypesbnf_conf_deny_list',
  'default-mode': 'check_default_mode_conf_deny_list',
  deployment: 'check_deployment_conf_deny_list',
  deploymentclient: 'check_deploymentclient_conf_deny_list',
  health: 'check_health_conf_deny_list',
  'instance.cfg': 'check_instance_cfg_conf_deny_list',
  literals: 'check_literals_conf_deny_list',
  messages: 'check_messages_conf_deny_list',
  passwords: 'check_passwords_conf_deny_list',
  pubsub: 'check_pubsub_conf_deny_list',
  segmenters: 'check_segmenters_conf_deny_list',
  serverclass: 'check_serverclass_conf_deny_list',
  'source-classifier': 'check_source_classifier_conf_deny_list',
  sourcetypes: 'check_sourcetypes_conf_deny_list',
  'splunk-launch': 'check_splunk_launch_conf_deny_list',
  telemetry: 'check_telemetry_conf_deny_list',
  'user-seed': 'check_user_seed_conf_deny_list',
  viewstates: 'check_for_viewstates_conf',
  wmi: 'check_wmi_conf_deny_list',
  workload_pools: 'check_workload_pools_conf_deny_list',
  workload_rules: 'check_workload_rules_conf_deny_list',
}

const custom = /^conf_replication_include\.[\w-]+$/

/** Configuration files: how they are written, which may be there, and what may stand in them. */
export const confRules: readonly LintRule[] = [
  ...Object.entries(refused).map(([name, check]) => noFile(check, `default/${name}.conf`, `no ${name}.conf`)),
  error('check_config_file_parsing', 'files that Splunk reads as they are meant', ({ confs }) =>
    confs.flatMap(({ path, problems }) =>
      problems
        .filter(({ is }) => !is.startsWith('twice'))
        .map(({ line, message }) => ({ file: path, line, says: message })),
    ),
  ),
  error('check_validate_no_duplicate_stanzas_in_conf_files', 'each stanza and each setting once', ({ confs }) =>
    confs.flatMap(({ path, problems }) =>
      problems
        .filter(({ is }) => is.startsWith('twice'))
        .map(({ line, message }) => ({ file: path, line, says: message })),
    ),
  ),
  error('check_no_default_stanzas', 'no [default], which would reach into other apps', ({ confs }) =>
    confs.flatMap(({ path, stanzas }) =>
      stanzas
        .filter(({ name }) => path.endsWith('.conf') && (name === 'default' || name === ''))
        .map(({ line, name }) => ({
          file: path,
          line,
          says: name === '' ? 'settings before the first stanza' : '[default]',
        })),
    ),
  ),
  error('check_if_outputs_conf_exists', 'no outputs.conf: forwarding belongs to the administrator', (app) =>
    app.file('default/outputs.conf') ? [{ file: 'default/outputs.conf', says: 'it is there' }] : [],
  ),
  noFile('check_limits_conf', 'default/limits.conf', 'no limits.conf'),
  noFile(
    'check_indexes_conf_does_not_exist',
    'default/indexes.conf',
    'no indexes.conf: indexes belong to the administrator',
  ),
  error(
    'check_server_conf_only_contains_custom_conf_sync_stanzas_or_diag_stanza',
    'nothing in server.conf but [shclustering] conf_replication_include.* and [diag] EXCLUDE-*',
    (app) =>
      app
        .settings('server')
        .filter(
          ({ stanza, key }) =>
            !(stanza === 'shclustering' && custom.test(key)) && !(stanza === 'diag' && key.startsWith('EXCLUDE-')),
        )
        .map(({ path, line, stanza, key }) => ({ file: path, line, says: `[${stanza}] ${key}` })),
  ),
  error('check_web_conf', 'nothing in web.conf but [endpoint:…] and [expose:…] with pattern and methods', (app) =>
    app
      .settings('web')
      .filter(
        ({ stanza, key }) =>
          !(stanza.startsWith('expose:') && ['pattern', 'methods', 'oidEnabled', 'skipCSRFProtection'].includes(key)) &&
          !stanza.startsWith('endpoint:'),
      )
      .map(({ path, line, stanza, key }) => ({ file: path, line, says: `[${stanza}] ${key}` })),
  ),
  error('check_web_conf_expose_patterns', 'patterns without a slash at either end, methods that HTTP has', (app) =>
    app
      .settings('web')
      .filter(
        ({ key, value }) =>
          (key === 'pattern' && /^\/|\/$|\s/.test(value)) ||
          (key === 'methods' && !value.split(',').every((one) => /^(?:GET|POST|PUT|DELETE)$/.test(one.trim()))),
      )
      .map(({ path, line, value }) => ({ file: path, line, says: value })),
  ),
  error('check_restmap_conf_exists', 'no restmap.conf: its handlers are Python', (app) =>
    app.file('default/restmap.conf') ? [{ file: 'default/restmap.conf', says: 'it is there' }] : [],
  ),
  error('check_collections_conf_for_specified_name_field_type', 'fields of type number, bool, string or time', (app) =>
    app
      .settings('collections')
      .filter(({ key, value }) => key.startsWith('field.') && !['number', 'bool', 'string', 'time'].includes(value))
      .map(({ path, line, key, value }) => ({ file: path, line, says: `${key} = ${value}` })),
  ),
  error('check_for_datamodel_acceleration', 'no data model that accelerates itself', (app) =>
    app
      .settings('datamodels')
      .filter(({ key, value }) => key === 'acceleration' && /^(?:1|true|t|yes)$/i.test(value))
      .map(({ path, line, stanza }) => ({ file: path, line, says: `[${stanza}]` })),
  ),
  error('check_meta_default_write_access', 'nobody but administrators may write', ({ confs }) =>
    confs.flatMap(({ path, stanzas }) =>
      stanzas.flatMap(({ settings }) =>
        settings
          .filter(({ key, value }) => key === 'access' && /write\s*:\s*\[[^\]]*\*[^\]]*\]/.test(value))
          .map(({ line, value }) => ({ file: path, line, says: value })),
      ),
    ),
  ),
  warning('check_kos_are_accessible', 'the role sc_admin of Splunk Cloud may write what admin may', ({ confs }) =>
    confs.flatMap(({ path, stanzas }) =>
      stanzas.flatMap(({ settings }) =>
        settings
          .filter(
            ({ key, value }) =>
              key === 'access' && /write\s*:/.test(value) && !/\bsc_admin\b|\*/.test(value.split(/write\s*:/)[1] ?? ''),
          )
          .map(({ line, value }) => ({ file: path, line, says: value })),
      ),
    ),
  ),
]
