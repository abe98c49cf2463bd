import { dashboardFiles, dashboardViews } from '@siembridge/splunk/dashboards'
import { about } from '../about.ts'
import { schemes } from '../schemes.ts'

/** Where the add-on opens in Splunk Web, and the way to its other pages and dashboards. */
const navigation = `<nav search_view="search">
  <view name="inputs" default="true"/>
  <view name="configuration"/>
  <view name="health"/>
  <view name="migration"/>
  <collection label="Dashboards">
    <view name="overview"/>
${dashboardViews.map(({ view }) => `    <view name="${view}"/>`).join('\n')}
  </collection>
  <view name="search"/>
</nav>
`

interface Panel {
  readonly title: string
  readonly search: string
  readonly as: 'chart' | 'table'
}

const panels: readonly Panel[] = [
  {
    title: 'Events by log type',
    search: 'sourcetype="siembridge:*" | timechart count by sourcetype',
    as: 'chart',
  },
  {
    title: 'Newest event of each log type',
    search: 'sourcetype="siembridge:*" | stats count max(_time) as newest by index, sourcetype | convert ctime(newest)',
    as: 'table',
  },
  {
    title: 'What the inputs say',
    search: `index=_internal sourcetype=splunkd component=ExecProcessor (${schemes.map(({ name }) => name).join(' OR ')}) | table _time, log_level, message`,
    as: 'table',
  },
]

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const overview = `<form version="1.1">
  <label>Overview</label>
  <fieldset submitButton="false">
    <input type="time" token="time"><label>Time</label><default><earliest>-24h@h</earliest><latest>now</latest></default></input>
  </fieldset>
${panels.map((panel) => panelText(panel)).join('')}</form>
`

function panelText({ title, search, as }: Panel): string {
  return `  <row>
    <panel>
      <title>${escaped(title)}</title>
      <${as}>
        <search><query>${escaped(search)}</query><earliest>$time.earliest$</earliest><latest>$time.latest$</latest></search>
      </${as}>
    </panel>
  </row>
`
}

/** Views whose page the script shows: the address says which it is (Splunk, "view", type="html"). */
const scripted = { inputs: 'Inputs', configuration: 'Configuration', health: 'Health', migration: 'Migration' } as const

/** What loads the script: a template of ours, or Splunk's own for pages of apps, which 10.4 brought. */
export const loaders = {
  /** A static template in the package: every version of Splunk, but for those in which an administrator has switched such templates off. */
  own: `${about.id}:/templates/base.html`,
  /** Loads `appserver/static/pages/VIEW.js`. Splunk 10.4 and later; AppInspect 4.4.0 wants it, and refuses templates in a package. */
  splunk: 'pages/splunk_ui_app.html',
} as const
export type Loader = keyof typeof loaders

const scriptedView = (label: string, loader: Loader): string =>
  `<?xml version="1.0"?>\n<view isDashboard="False" template="${loaders[loader]}" type="html"><label>${label}</label></view>\n`

/** Splunk's template loads a script of the view's name; all views have one script. */
const stub = `(() => {
  const own = document.currentScript.src
  document.head.append(Object.assign(document.createElement('script'), { src: own.replace(/[^/]+\\.js/, 'entry.js') }))
})()
`

/** Files of Splunk Web by their paths. */
export const pageFiles = (loader: Loader): ReadonlyMap<string, string> =>
  new Map([
    ['default/data/ui/nav/default.xml', navigation],
    ['default/data/ui/views/overview.xml', overview],
    ...dashboardFiles,
    ...Object.entries(scripted).map(
      ([name, label]) => [`default/data/ui/views/${name}.xml`, scriptedView(label, loader)] as const,
    ),
    ...(loader === 'splunk' ? Object.keys(scripted) : []).map(
      (name) => [`appserver/static/pages/${name}.js`, stub] as const,
    ),
  ])

/** README.txt: what it is and how it is set up; binaries are declared in it where the package carries any. */
export const readmeText = (version: string, binaries: readonly string[]): string => `${about.label} ${version}

${about.description}.

Inputs
${schemes.map(({ name, title, streams }) => `  ${name}: ${title} (${streams.map((stream) => stream.name).join(', ')})`).join('\n')}

They run a script with Node.js ${about.leastNode} or newer. It is looked for in this order: the variable SIEMBRIDGE_NODE of
etc/splunk-launch.conf; bin/runtime of this package, where it carries one; the Node of Splunk 10.1 and earlier; the PATH.

Install it on one heavy forwarder or on a single search head for the inputs, and on search heads for the fields. Inputs belong on
one machine: Splunk gives no input of a search-head cluster to one member alone.

Sourcetypes: "compatible" inputs give records as Microsoft wrote them, under the sourcetypes of older add-ons, and this package
defines nothing for those. "own" inputs give siembridge:* with CIM fields, event types and tags.

After an unclean stop an input can give its last events again, with the same event id. The macro siembridge_dedup leaves each once.
${
  binaries.length === 0
    ? ''
    : `
# Binary File Declaration
${binaries.map((path) => `${path} - Node.js, unchanged as nodejs.org publishes it, which runs bin/${about.script}`).join('\n')}
`
}`
