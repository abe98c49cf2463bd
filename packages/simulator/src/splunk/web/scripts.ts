import { script, type WebAnswer } from './answer.ts'

export interface WebTheme {
  /** What the person has chosen under Preferences, Global. */
  theme: 'enterprise' | 'dark'
  /** Whether Splunk's bar can be loaded (`build/api/layout.js`). */
  bar: boolean
  /** Whether pages may have templates of apps (web-features.conf, `deactivate_custom_mako_templates`). */
  ownTemplates: boolean
}

/** `/config?autoload=1`: what `@splunk/splunk-utils/config` reads. */
export const configScript = (locale: string, port: number, user: string): WebAnswer =>
  script(
    `window.$C = ${JSON.stringify({
      BUILD_NUMBER: 'simulated',
      BUILD_PUSH_NUMBER: 0,
      APP_BUILD: 1,
      DISPATCH_TIME_FORMAT: '%s.%Q',
      LOCALE: locale,
      MRSPARKLE_PORT_NUMBER: port,
      MRSPARKLE_ROOT_PATH: '',
      SPLUNKD_PATH: `/${locale}/splunkd/__raw`,
      USERNAME: user,
      VERSION_LABEL: '10.2.3',
    })};\n`,
  )

const bar = `
const header = document.createElement('header')
header.setAttribute('data-view', 'splunkjs/mvc/headerview')
header.setAttribute('role', 'banner')
header.style.cssText = 'background:#000;color:#fff;font:14px sans-serif;padding:8px 16px'
header.textContent = 'splunk>simulated'
window.__splunk_layout__ = {
  create: () => {
    const container = document.createElement('div')
    document.body.prepend(container)
    document.body.prepend(header)
    return { getContainerElement: () => container }
  },
}
`

/** Splunk's own files below `/static` that pages of apps load; undefined for any other. */
export function ownScript(path: string, { theme, bar: hasBar }: WebTheme): WebAnswer | undefined {
  if (path === 'js/i18n.js')
    return script('window.i18n_register = function () {};\nwindow._ = window._ || function (text) { return text };\n')
  if (path === 'build/api/get_theme.js')
    return script(
      `window.__get_theme__ = { getTheme: function () { return Promise.resolve(${JSON.stringify(theme)}) } };\n`,
    )
  if (hasBar && /^build\/api\/layout(?:-dark)?\.js$/.test(path)) return script(`(() => {${bar}})()\n`)
  return undefined
}
