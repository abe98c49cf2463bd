import type { PackageDraft } from './good-package.ts'

type Spoil = (draft: PackageDraft) => PackageDraft

const added =
  (path: string, content = 'x = 1\n'): Spoil =>
  (draft) =>
    draft.put(path, content)
const conf = (name: string): Spoil => added(`default/${name}.conf`, '[stanza]\nkey = value\n')
const more =
  (path: string, text: string): Spoil =>
  (draft) =>
    draft.append(path, text)
const changed =
  (path: string, from: string | RegExp, to: string): Spoil =>
  (draft) =>
    draft.replace(path, from, to)
const input = (stanza: string, settings = 'disabled = 0\n'): Spoil =>
  more('default/inputs.conf', `[${stanza}]\n${settings}`)

const elf = Buffer.alloc(64)
elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
elf.writeUInt16LE(62, 18)

const app = 'default/app.conf'
const view = 'default/data/ui/views/overview.xml'

/** For each rule of the lint a package that breaks it. */
export const badPackages: Readonly<Record<string, Spoil>> = {
  check_that_splunk_app_package_does_not_contain_files_outside_of_app: (draft) =>
    draft.raw({ path: 'other/file.txt', is: 'file', mode: 0o644, content: Buffer.from('x') }),
  check_that_extracted_splunk_app_does_not_contain_prohibited_directories_or_files: added('bin/.hidden'),
  check_filenames_for_spaces: added('default/two words.conf', '[a]\nb = c\n'),
  check_that_extracted_splunk_app_does_not_contain_files_with_invalid_permissions: (draft) =>
    draft.chmod('README.txt', 0o444),
  check_that_extracted_splunk_app_does_not_contain_invalid_directories: (draft) => draft.chmod('lookups', 0o500),
  check_for_bin_files: (draft) => draft.chmod('README.txt', 0o755),
  check_for_expansive_permissions: (draft) => draft.chmod('README.txt', 0o646),
  check_symlink_outside_app: (draft) =>
    draft.raw({ path: 'contoso_app/static/link', is: 'symlink', mode: 0o777, target: '../../../etc/passwd' }),
  check_that_extracted_splunk_app_does_not_contains_only_app_conf_file: (draft) => {
    const kept = ['contoso_app', 'contoso_app/default', 'contoso_app/default/app.conf']
    draft.entries.splice(0, draft.entries.length, ...draft.entries.filter(({ path }) => kept.includes(path)))
    return draft
  },
  check_that_local_does_not_exist: added('local/props.conf', '[contoso:event]\nTRUNCATE = 0\n'),
  check_for_local_meta: added('metadata/local.meta', '[]\nexport = system\n'),
  check_metadata_allow_list: added('metadata/notes.txt'),
  check_static_directory_file_allow_list: added('static/tool.exe'),
  check_default_data_ui_file_allow_list: added('default/data/ui/views/overview.json', '{}'),
  check_lookups_allow_list: added('lookups/contoso.sqlite', 'a,b\n1\n\n1,2,3\n'),
  check_cherrypy_controllers: more('default/web.conf', '[endpoint:contoso]\n'),
  check_for_compiled_python: added('bin/contoso.pyc'),
  check_that_users_does_not_exist: added('users/admin/prefs.conf'),
  check_for_git_merge_conflict_in_app: more(
    'default/data/ui/views/overview.xml',
    '<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n',
  ),
  check_basic_readme: (draft) => draft.remove('README.txt'),
  check_that_extracted_splunk_app_contains_default_app_conf_file: (draft) => draft.remove(app),
  check_version_is_valid_semver: changed(
    app,
    '[id]\nname = contoso_app\nversion = 1.2.3',
    '[id]\nname = contoso_app\nversion = 1.2',
  ),
  check_for_valid_package_id: changed(app, 'id = contoso_app', 'id = fabrikam_app'),
  check_that_app_name_config_is_valid: (draft) => {
    draft.entries.splice(
      0,
      draft.entries.length,
      ...draft.entries.map((entry) => ({ ...entry, path: entry.path.replace('contoso_app', '9contoso') })),
    )
    return draft
  },
  check_for_valid_ui_label: changed(app, 'label = Contoso events', 'label = C'),
  check_for_invalid_app_names: changed(app, 'label = Contoso events', 'label = Splunk App for Contoso'),
  check_that_setup_has_not_been_performed: changed(app, 'is_configured = false', 'is_configured = true'),
  check_no_install_source_checksum: changed(app, '[ui]', 'install_source_checksum = 1f\n[ui]'),
  check_no_install_source_local_checksum: changed(app, '[ui]', 'install_source_local_checksum = 1f\n[ui]'),
  check_for_updates_disabled: changed(app, 'check_for_updates = false', 'check_for_updates = true'),
  check_for_trigger_stanza: more(app, 'reload.props = simple\n'),
  check_reload_trigger_for_all_custom_confs: changed(app, 'reload.contoso_app_settings = simple\n', ''),
  check_custom_conf_replication: (draft) => draft.remove('default/server.conf'),
  check_validate_json_data_is_well_formed: added('static/data.json', '{"a": 1,}'),
  check_app_manifest_schema: changed('app.manifest', '"2.0.0"', '"1.0.0"'),
  check_setup_xml: added('default/setup.xml', '<setup/>\n'),
  check_audit_conf_deny_list: conf('audit'),
  check_bookmarks_conf_deny_list: conf('bookmarks'),
  check_crawl_conf_deny_list: conf('crawl'),
  check_datatypesbnf_conf_deny_list: conf('datatypesbnf'),
  check_default_mode_conf_deny_list: conf('default-mode'),
  check_deployment_conf_deny_list: conf('deployment'),
  check_deploymentclient_conf_deny_list: conf('deploymentclient'),
  check_health_conf_deny_list: conf('health'),
  check_instance_cfg_conf_deny_list: conf('instance.cfg'),
  check_literals_conf_deny_list: conf('literals'),
  check_messages_conf_deny_list: conf('messages'),
  check_passwords_conf_deny_list: conf('passwords'),
  check_pubsub_conf_deny_list: conf('pubsub'),
  check_segmenters_conf_deny_list: added('default/segmenters.conf', '[full]\nMAJOR = x\n'),
  check_serverclass_conf_deny_list: conf('serverclass'),
  check_source_classifier_conf_deny_list: conf('source-classifier'),
  check_sourcetypes_conf_deny_list: conf('sourcetypes'),
  check_splunk_launch_conf_deny_list: conf('splunk-launch'),
  check_telemetry_conf_deny_list: conf('telemetry'),
  check_user_seed_conf_deny_list: conf('user-seed'),
  check_for_viewstates_conf: conf('viewstates'),
  check_wmi_conf_deny_list: conf('wmi'),
  check_workload_pools_conf_deny_list: conf('workload_pools'),
  check_workload_rules_conf_deny_list: conf('workload_rules'),
  check_config_file_parsing: more('default/props.conf', 'just words\n'),
  check_validate_no_duplicate_stanzas_in_conf_files: more('default/props.conf', '[contoso:event]\nTRUNCATE = 0\n'),
  check_no_default_stanzas: more('default/props.conf', '[default]\nTRUNCATE = 0\n'),
  check_if_outputs_conf_exists: added(
    'default/outputs.conf',
    '[tcpout:contoso]\nserver = 192.0.2.1:9997\ndisabled = 0\n',
  ),
  check_limits_conf: added('default/limits.conf', '[kv]\nlimit = 500\n'),
  check_indexes_conf_does_not_exist: added('default/indexes.conf', '[contoso]\nhomePath = $SPLUNK_DB/contoso/db\n'),
  check_server_conf_only_contains_custom_conf_sync_stanzas_or_diag_stanza: more(
    'default/server.conf',
    '[general]\nserverName = x\n',
  ),
  check_web_conf: more('default/web.conf', '[settings]\nenableSplunkWebSSL = false\n'),
  check_web_conf_expose_patterns: changed('default/web.conf', 'methods = POST', 'methods = PATCH'),
  check_restmap_conf_exists: added('default/restmap.conf', '[script:contoso]\nmatch = /contoso\n'),
  check_collections_conf_for_specified_name_field_type: changed('default/collections.conf', 'string', 'text'),
  check_for_datamodel_acceleration: added('default/datamodels.conf', '[Contoso]\nacceleration = true\n'),
  check_meta_default_write_access: changed('metadata/default.meta', '[ admin, sc_admin ]', '[ * ]'),
  check_kos_are_accessible: changed('metadata/default.meta', '[ admin, sc_admin ]', '[ admin ]'),
  check_inputs_conf_for_http_inputs: input('http://contoso', 'token = 00000000-0000-0000-0000-000000000000\n'),
  check_inputs_conf_for_http_global_usage: input('http'),
  check_inputs_conf_for_tcp: input('tcp://:5514'),
  check_inputs_conf_for_udp: input('udp://:5514'),
  check_inputs_conf_for_splunk_tcp: input('splunktcp://:9997'),
  check_inputs_conf_for_splunktcptoken: input(
    'splunktcptoken://contoso',
    'token = 00000000-0000-0000-0000-000000000000\n',
  ),
  check_inputs_conf_for_ssl: input('SSL', 'serverCert = x\n'),
  check_for_inputs_fifo_usage: input('fifo://contoso'),
  check_inputs_conf_for_fschange: input('fschange:/etc'),
  check_inputs_conf_for_remote_queue_monitor: input('remote_queue:contoso'),
  check_inputs_conf_for_batch: input('batch:///var/log/contoso', 'move_policy = sinkhole\n'),
  check_inputs_conf_spec_stanzas: more('README/inputs.conf.spec', '[contoso_events://<name>]\nother = <text>\n'),
  check_inputs_conf_spec_stanza_args: changed('README/inputs.conf.spec', 'account = <text>\n', ''),
  check_inputs_conf_spec_stanza_args_broken_line: more('README/inputs.conf.spec', 'a line of text\n'),
  check_modular_inputs_scripts_exist: (draft) => draft.remove('bin/contoso_events.sh'),
  check_modular_inputs_scripts_are_executable: (draft) => draft.chmod('bin/contoso_events.sh', 0o644),
  check_js_use_in_modular_inputs: added('bin/contoso_events.js'),
  check_inputs_conf_default_stanzas: input('contoso_events://prod'),
  check_inputs_conf_start_by_shell: changed('default/inputs.conf', 'start_by_shell = false\n', ''),
  check_web_conf_exposes_inputs: changed(
    'default/web.conf',
    'data/inputs/contoso_events/*/*',
    'data/inputs/contoso_events/*/reload',
  ),
  check_that_no_configurations_of_default_source_type_in_props_conf: more(
    'default/props.conf',
    '[csv]\nTRUNCATE = 0\n',
  ),
  check_props_conf_has_no_prohibited_characters_in_sourcetypes: more(
    'default/props.conf',
    '[contoso<event>]\nTRUNCATE = 0\n',
  ),
  check_props_conf_has_no_ingest_eval_lookups: more(
    'default/props.conf',
    'INGEST_EVAL = name=lookup("contoso_types.csv", json_object("type", type), json_array("name"))\n',
  ),
  check_props_conf_unarchive_cmd_is_not_set: more(
    'default/props.conf',
    '[source::....contoso]\nunarchive_cmd = gunzip -c\nsourcetype = contoso:archive\n[contoso:archive]\ninvalid_cause = archive\n',
  ),
  check_props_conf_report_has_matching_transform: more('default/props.conf', 'REPORT-c = contoso_gone\n'),
  check_capture_groups_in_transforms: changed('default/transforms.conf', '(?<part>\\w+)', '\\w+'),
  check_regular_expressions_are_closed: more('default/props.conf', 'TIME_PREFIX = "at\\s*(:\n'),
  check_props_conf_extract_option_has_named_capturing_group: more('default/props.conf', 'EXTRACT-c = code=(\\d+)\n'),
  check_props_conf_extracts_json_once: more(
    'default/props.conf',
    '[contoso:json]\nKV_MODE = json\nINDEXED_EXTRACTIONS = JSON\n',
  ),
  check_eventtypes_conf_searches: more('default/eventtypes.conf', '[contoso_open]\nsearch = sourcetype=x (a=1\n'),
  check_transforms_conf_for_external_cmd: more(
    'default/transforms.conf',
    '[contoso_script]\nexternal_cmd = contoso.py type name\nfields_list = type,name\n',
  ),
  check_lookup_csv_is_valid: changed('lookups/contoso_types.csv', '1,One', '1'),
  check_lookup_files_exist: (draft) => draft.remove('lookups/contoso_types.csv'),
  check_all_lookups_are_used: added('lookups/contoso_other.csv', 'a,b\n1,2\n'),
  check_for_lookups_file_name: added('lookups/contoso_types.csv.default', 'type,name\n1,One\n'),
  check_for_savedsearches_used_in_eventtypes_conf: changed(
    'default/eventtypes.conf',
    'sourcetype="contoso:event"',
    '| savedsearch "Contoso daily"',
  ),
  check_eventtypes_tags_exist: more('default/tags.conf', '[eventtype=contoso_gone]\nalert = enabled\n'),
  check_for_real_time_saved_searches_for_cloud: changed('default/savedsearches.conf', '-1d', 'rt-1m'),
  check_for_gratuitous_cron_scheduling: changed('default/savedsearches.conf', '7 3 * * *', '* * * * *'),
  check_for_sched_saved_searches_earliest_time: changed(
    'default/savedsearches.conf',
    'dispatch.earliest_time = -1d\n',
    '',
  ),
  check_for_emails_in_saved_search: more('default/savedsearches.conf', 'action.email.to = ada@contoso.com\n'),
  check_that_all_xml_files_are_well_formed: changed(view, '</label>', '</lable>'),
  check_simplexml_standards_version: changed(view, ' version="1.1"', ''),
  check_html_dashboards: added('default/data/ui/html/old.html', '<html></html>\n'),
  check_for_advanced_xml_module_elements: changed(
    view,
    '<label>Overview</label>',
    '<label>Overview</label><module name="x"></module>',
  ),
  check_dashboard_studio_definitions: changed(
    'default/data/ui/views/events.xml',
    '"primary":"ds_1"',
    '"primary":"ds_2"',
  ),
  check_navigation_views_exist: changed('default/data/ui/nav/default.xml', 'overview', 'gone'),
  check_for_custom_mako_templates: added('appserver/templates/page.html', '<html>${make_url("x")}</html>\n'),
  check_hotlinking_splunk_web_libraries: added('appserver/static/page.js', 'require(["splunkjs/mvc"], () => {})\n'),
  check_telemetry_endpoint_usage_in_javascript: added('appserver/static/page.js', 'fetch("/telemetry-metric")\n'),
  check_app_icon_dimensions: (draft) => draft.put('static/appIcon.png', Buffer.from('not PNG')),
  check_app_icon_exists: (draft) => draft.remove('static/appIcon.png'),
  check_invoking_bundled_node: more('bin/contoso_events.sh', '"$SPLUNK_HOME/bin/splunk" cmd node x\n'),
  check_manipulation_outside_of_app_container: more('bin/contoso_events.sh', 'cat ../../search/default/app.conf\n'),
  check_destructive_commands: more('bin/contoso_events.sh', 'rm -rf /tmp/contoso\n'),
  check_for_sensitive_info_in_url: more('default/props.conf', 'server_url = https://contoso.com/?token=hunter\n'),
  check_for_secret_disclosure: more(
    'default/contoso_app_settings.conf',
    ['client', 'secret = "made-up-value"\n'].join('_'),
  ),
  check_hostnames_and_ips: more('default/contoso_app_settings.conf', `server = ${[52, 1, 2, 3].join('.')}\n`),
  check_scripts_line_ends: changed('bin/contoso_events.sh', '#!/bin/sh\n', '#!/bin/sh\r\n'),
  check_launchers_pass_arguments: changed('bin/contoso_events.sh', '"$@"', '$@'),
  check_for_binary_files_without_source_code: (draft) => draft.put('bin/tool', elf, 0o755),
  check_aarch64_compatibility: (draft) => draft.put('bin/tool', elf, 0o755),
  check_python_is_not_shipped: added('bin/contoso.py', 'print("x")\n'),
  check_text_is_utf8: (draft) => draft.put('README.txt', Buffer.from([0x43, 0xff, 0x0a])),
}
