import { type ReadStanza, readConf } from '@siembridge/formats'
import type { AppPackage } from '../app-package.ts'
import { error, type LintPlace, type LintRule, warning } from '../rule.ts'
import { scriptOf } from '../scheme-script.ts'

const spec = 'README/inputs.conf.spec'
const identifier = /^[0-9a-zA-Z][0-9a-zA-Z_-]*$/
const taken = new Set(['batch', 'fifo', 'monitor', 'script', 'splunktcp', 'tcp', 'udp'])

const specStanzas = (app: AppPackage): readonly ReadStanza[] =>
  readConf(app.file(spec)?.text ?? '').stanzas.filter(({ name }) => name.includes('://'))
const schemes = (app: AppPackage): { scheme: string; line: number }[] =>
  specStanzas(app).map(({ name, line }) => ({ scheme: name.slice(0, name.indexOf('://')), line }))

/** Inputs of Splunk's own that open a port, forward, or watch files: an administrator's business, and refused in Splunk Cloud. */
const refusedInputs: readonly (readonly [check: string, begins: RegExp])[] = [
  ['check_inputs_conf_for_http_inputs', /^http:\/\//],
  ['check_inputs_conf_for_http_global_usage', /^http$/],
  ['check_inputs_conf_for_tcp', /^(?:tcp|tcp-ssl)(?::|$)/],
  ['check_inputs_conf_for_udp', /^udp(?::|$)/],
  ['check_inputs_conf_for_splunk_tcp', /^splunktcp(?:-ssl)?(?::|$)/],
  ['check_inputs_conf_for_splunktcptoken', /^splunktcptoken(?::|$)/],
  ['check_inputs_conf_for_ssl', /^ssl$/i],
  ['check_for_inputs_fifo_usage', /^fifo(?::|$)/],
  ['check_inputs_conf_for_fschange', /^fschange(?::|$)/],
  ['check_inputs_conf_for_remote_queue_monitor', /^remote_queue(?::|$)/],
]

const places = (app: AppPackage, wanted: (stanza: string) => boolean): LintPlace[] =>
  app
    .stanzas('inputs')
    .filter(({ name }) => wanted(name))
    .map(({ path, line, name }) => ({ file: path, line, says: `[${name}]` }))

/** inputs.conf, its spec, and the programs of modular inputs. */
export const inputRules: readonly LintRule[] = [
  ...refusedInputs.map(([check, begins]) =>
    error(check, 'no inputs of Splunk’s own', (app) => places(app, (name) => begins.test(name))),
  ),
  error(
    'check_inputs_conf_for_batch',
    'batch inputs only from Splunk’s spool, and only those that remove what they read',
    (app) =>
      app
        .stanzas('inputs')
        .filter(
          ({ name, settings }) =>
            name.startsWith('batch://') &&
            !(
              /^batch:\/\/\$SPLUNK_HOME[\\/]var[\\/]spool[\\/]splunk[\\/]/.test(name) &&
              settings.some(({ key, value }) => key === 'move_policy' && value === 'sinkhole')
            ),
        )
        .map(({ path, line, name }) => ({ file: path, line, says: `[${name}]` })),
  ),
  error('check_inputs_conf_spec_stanzas', 'each scheme once, with a name that is free', (app) => {
    const all = schemes(app)
    return all
      .filter(
        ({ scheme }, at) =>
          !identifier.test(scheme) || taken.has(scheme) || all.findIndex((one) => one.scheme === scheme) !== at,
      )
      .map(({ scheme, line }) => ({ file: spec, line, says: scheme }))
  }),
  error(
    'check_inputs_conf_spec_stanza_args',
    'at least one parameter a scheme, each with a name that Splunk takes',
    (app) =>
      specStanzas(app).flatMap(({ name, line, settings }) =>
        settings.length === 0
          ? [{ file: spec, line, says: `[${name}] has none` }]
          : settings
              .filter(({ key }) => !identifier.test(key))
              .map((one) => ({ file: spec, line: one.line, says: one.key })),
      ),
  ),
  error(
    'check_inputs_conf_spec_stanza_args_broken_line',
    'each parameter as NAME = VALUE on a line of its own',
    (app) =>
      readConf(app.file(spec)?.text ?? '')
        .problems.filter(({ is }) => is !== 'twice-stanza')
        .map(({ line, message }) => ({ file: spec, line, says: message })),
  ),
  error('check_modular_inputs_scripts_exist', 'a program for each scheme on Linux and on Windows', (app) =>
    schemes(app).flatMap(({ scheme, line }) =>
      (['linux', 'windows'] as const)
        .filter((platform) => scriptOf(scheme, platform, (path) => app.file(path) !== undefined) === undefined)
        .map((platform) => ({ file: spec, line, says: `${scheme} has none for ${platform}` })),
    ),
  ),
  error('check_modular_inputs_scripts_are_executable', 'programs in bin/ that may be executed', (app) =>
    schemes(app).flatMap(({ scheme }) => {
      const path = scriptOf(scheme, 'linux', (one) => app.file(one) !== undefined)
      const file = path === undefined ? undefined : app.file(path)
      return file && (file.mode & 0o111) === 0 ? [{ file: file.path, says: `mode ${file.mode.toString(8)}` }] : []
    }),
  ),
  error('check_js_use_in_modular_inputs', 'no SCHEME.js: Splunk no longer brings Node', (app) =>
    schemes(app)
      .flatMap(({ scheme }) => app.file(`bin/${scheme}.js`) ?? [])
      .map(({ path }) => ({ file: path, says: 'splunkd would run it with a Node that is gone' })),
  ),
  error(
    'check_inputs_conf_default_stanzas',
    'inputs.conf with defaults of the app’s own schemes, and no input',
    (app) => {
      const own = schemes(app).map(({ scheme }) => scheme)
      return places(app, (name) => name.includes('://') && own.includes(name.slice(0, name.indexOf('://'))))
    },
  ),
  warning(
    'check_inputs_conf_start_by_shell',
    'start_by_shell = false: a shell between would keep signals from the input',
    (app) =>
      schemes(app)
        .filter(({ scheme }) => app.setting('inputs', scheme, 'start_by_shell')?.value !== 'false')
        .map(({ scheme }) => ({ file: 'default/inputs.conf', says: `[${scheme}] does not say so` })),
  ),
  error('check_web_conf_exposes_inputs', 'a way through Splunk Web to every scheme', (app) => {
    const patterns = app
      .settings('web')
      .filter(({ key }) => key === 'pattern')
      .map(({ value }) => value)
    return schemes(app).flatMap(({ scheme }) =>
      [`data/inputs/${scheme}`, `data/inputs/${scheme}/*`, `data/inputs/${scheme}/*/*`]
        .filter((pattern) => !patterns.includes(pattern))
        .map((pattern) => ({ file: 'default/web.conf', says: `${pattern} is not exposed` })),
    )
  }),
]
