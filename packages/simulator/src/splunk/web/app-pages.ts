import { existsSync, readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { parseXml } from '../xml/tree.ts'
import { escaped, missing, page, redirect, type WebAnswer } from './answer.ts'

/** A page of an app: `/LOCALE/app/APP/VIEW`, or the one that its navigation opens. */
export function appPage(
  apps: string,
  locale: string,
  [app = '', view]: readonly string[],
  ownTemplates: boolean,
): WebAnswer {
  const views = join(apps, app, 'default/data/ui')
  if (!/^[\w.-]+$/.test(app) || !existsSync(views)) return missing(app)
  if (view === undefined) return redirect(`/${locale}/app/${app}/${openingView(views)}`)
  const path = join(views, 'views', `${view}.xml`)
  if (!/^[\w-]+$/.test(view) || !existsSync(path)) return missing(`${app}/${view}`)
  const { name, attributes, children } = parseXml(readFileSync(path, 'utf8'))
  const [owner = '', template] = (attributes['template'] ?? '').split(':/')
  if (name === 'view' && attributes['type'] === 'html') {
    if (template === undefined)
      return owner === 'pages/splunk_ui_app.html' ? splunkTemplate(locale, app, view) : unavailable
    return ownTemplates ? templated(join(apps, owner, 'appserver', template)) : unavailable
  }
  const label = children.find((child) => child.name === 'label')?.text ?? view
  return page(
    `<!doctype html><html lang="en"><title>${escaped(label)}</title><h1>${escaped(label)}</h1><p>A dashboard; it is not drawn here.`,
  )
}

/** Templates of apps are switched off (web-features.conf, `deactivate_custom_mako_templates`), whatever stands in them. */
const unavailable = page('<!doctype html><title>Page Unavailable</title><h1>Page Unavailable</h1>', 404)

/** Splunk's template for pages of apps: an empty body, what every page needs, and the script of the view's name (Splunk 10.4). */
const splunkTemplate = (locale: string, app: string, view: string): WebAnswer =>
  page(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>LOADING...</title><body>${[
      'config?autoload=1',
      'static/@simulated/js/i18n.js',
      'i18ncatalog?autoload=1',
      `static/@simulated:1/app/${app}/pages/${view}.js`,
    ]
      .map((path) => `<script src="/${locale}/${path}"></script>`)
      .join('')}`,
  )

/** Without Mako: an expression of it would stand on the page as it is (Splunk 10.4, "Deprecated and removed"). */
function templated(path: string): WebAnswer {
  return existsSync(path) ? page(readFileSync(path, 'utf8')) : missing(path)
}

function openingView(views: string): string {
  const nav = existsSync(join(views, 'nav/default.xml')) ? readFileSync(join(views, 'nav/default.xml'), 'utf8') : ''
  const [, marked] = /<view\s[^>]*name="([^"]+)"[^>]*default="true"/.exec(nav) ?? []
  return marked ?? /<view\s[^>]*name="([^"]+)"/.exec(nav)?.[1] ?? 'search'
}

const types: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

/** A file below an app's `appserver/static`. */
export function appStatic(apps: string, [app = '', ...rest]: readonly string[]): WebAnswer {
  const path = normalize(rest.join('/'))
  const file = join(apps, app, 'appserver/static', path)
  const type = types[extname(path)]
  if (!/^[\w.-]+$/.test(app) || path.startsWith('..') || type === undefined || !existsSync(file)) return missing(path)
  return { status: 200, type, body: readFileSync(file), headers: { 'cache-control': 'max-age=31536000' } }
}
