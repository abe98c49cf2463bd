import type { AppFile, AppPackage } from '../app-package.ts'
import { linesOf } from '../app-package.ts'
import { pngSize } from '../png.ts'
import { error, type LintRule, warning } from '../rule.ts'
import { xmlProblem } from '../xml.ts'

const views = (app: AppPackage): readonly AppFile[] => app.below('default/data/ui/views')
const pages = (app: AppPackage): readonly AppFile[] =>
  app.files.filter(({ path }) => /\.(?:x?html?|js|jsx|mjs|cjs|ts)$/.test(path) && !path.startsWith('bin/'))

function* matching(
  files: readonly AppFile[],
  pattern: RegExp,
  says: string,
): Generator<{ file: string; line: number; says: string }> {
  for (const file of files)
    for (const { text, line } of linesOf(file)) if (pattern.test(text)) yield { file: file.path, line, says }
}

/** Icons of an app and their width and height in pixels (Splunk, "Add icons to your app"). */
export const iconSizes: Readonly<Record<string, readonly [number, number]>> = {
  'static/appIcon.png': [36, 36],
  'static/appIcon_2x.png': [72, 72],
  'static/appIconAlt.png': [36, 36],
  'static/appIconAlt_2x.png': [72, 72],
  'static/appLogo.png': [160, 40],
  'static/appLogo_2x.png': [320, 80],
}

/** What people see: views, navigation, icons. */
export const pageRules: readonly LintRule[] = [
  error('check_that_all_xml_files_are_well_formed', 'well-formed XML', ({ files }) =>
    files
      .filter(({ path }) => path.endsWith('.xml'))
      .flatMap(({ path, text }) => {
        const problem = xmlProblem(text)
        return problem ? [{ file: path, line: problem.line, says: problem.says }] : []
      }),
  ),
  error('check_simplexml_standards_version', 'dashboards and forms with version="1.1"', (app) =>
    views(app)
      .filter(({ text }) => /<(?:dashboard|form)\b(?![^>]*\bversion="(?:1\.1|2)")/.test(text))
      .map(({ path }) => ({ file: path, says: 'without version="1.1"' })),
  ),
  error('check_html_dashboards', 'no HTML dashboards', (app) =>
    app.below('default/data/ui/html').map(({ path }) => ({ file: path, says: 'Splunk no longer shows it' })),
  ),
  error('check_for_advanced_xml_module_elements', 'no Advanced XML', (app) =>
    matching(views(app), /<module\b/, '<module>'),
  ),
  error('check_navigation_views_exist', 'navigation that leads to views that are there', (app) => {
    const nav = app.file('default/data/ui/nav/default.xml')
    const known = [
      ...views(app).map(
        ({ path }) =>
          path
            .split('/')
            .at(-1)
            ?.replace(/\.xml$/, '') ?? '',
      ),
      'search',
      'datasets',
      'reports',
      'alerts',
      'dashboards',
    ]
    return [...(nav?.text ?? '').matchAll(/<view\s+name="([^"]+)"/g)]
      .filter(([, name = '']) => !known.includes(name))
      .map(([, name]) => ({ file: nav?.path ?? '', says: `there is no view ${name ?? ''}` }))
  }),
  error('check_for_custom_mako_templates', 'no Mako: pages are static', (app) =>
    matching(app.below('appserver/templates'), /<%|\$\{/, 'a Mako expression'),
  ),
  error('check_hotlinking_splunk_web_libraries', 'no files of Splunk Web itself', (app) =>
    matching(pages(app), /splunkjs\/mvc|\/static\/js\/|\/static\/@[^/]*\/js\/(?!i18n)/, 'a file of Splunk Web'),
  ),
  error('check_telemetry_endpoint_usage_in_javascript', 'nothing that reports to Splunk', (app) =>
    matching(pages(app), /telemetry-metric|splunk_instrumentation|swa\.js/, 'Splunk’s telemetry'),
  ),
  error('check_app_icon_dimensions', 'icons of the sizes that Splunk shows', (app) =>
    Object.entries(iconSizes).flatMap(([path, wanted]) => {
      const file = app.file(path)
      if (!file) return []
      const size = pngSize(file.content)
      return size && size[0] === wanted[0] && size[1] === wanted[1]
        ? []
        : [{ file: path, says: size ? `${size.join('×')} in place of ${wanted.join('×')}` : 'not PNG' }]
    }),
  ),
  warning('check_app_icon_exists', 'an icon', (app) =>
    app.setting('app', 'ui', 'is_visible')?.value === 'false' || app.file('static/appIcon.png')
      ? []
      : [{ file: 'static/appIcon.png', says: 'there is none' }],
  ),
]
