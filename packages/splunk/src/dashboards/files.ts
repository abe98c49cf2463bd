import { declaredDashboards } from './declared.ts'
import { type StudioDefinition, studioDefinition } from './definition.ts'
import { healthPanels } from './health.ts'
import { panelSearch, panelType } from './panel.ts'

/** A dashboard as it goes into an app. */
export interface DashboardView {
  readonly view: string
  readonly title: string
  readonly definition: StudioDefinition
}

const usualHeight = { 'splunk.singlevalue': 120 } as Readonly<Record<string, number>>
const heightOf = (type: string, told: number | undefined): number => told ?? usualHeight[type] ?? 300

export const dashboardViews: readonly DashboardView[] = [
  ...declaredDashboards.map(({ view, title, description, panels }) => ({
    view,
    title,
    definition: studioDefinition(
      title,
      description,
      panels.map((panel) => {
        const type = panelType[panel.shows.as]
        return { ...panel, type, search: panelSearch(panel), height: heightOf(type, panel.height) }
      }),
    ),
  })),
  {
    view: 'dashboard_health',
    title: 'Inputs and delivery',
    definition: studioDefinition(
      'Inputs and delivery',
      'What the inputs write to splunkd’s log, and when their events are indexed',
      healthPanels.map((panel) => ({ ...panel, height: heightOf(panel.type, panel.height) })),
    ),
  },
]

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Views by their paths in an app (Splunk, "Dashboard Studio": JSON in a view of version 2). */
export const dashboardFiles: ReadonlyMap<string, string> = new Map(
  dashboardViews.map(({ view, title, definition }) => [
    `default/data/ui/views/${view}.xml`,
    `<dashboard version="2" theme="light">
  <label>${escaped(title)}</label>
  <description>${escaped(definition.description)}</description>
  <definition><![CDATA[
${JSON.stringify(definition, undefined, 2)}
  ]]></definition>
</dashboard>
`,
  ]),
)
