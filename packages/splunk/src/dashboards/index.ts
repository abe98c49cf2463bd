/** Dashboards of Dashboard Studio over what the add-on collects, and the macros that they search by. */
export { type DeclaredDashboard, declaredDashboards } from './declared.ts'
export type { StudioDefinition } from './definition.ts'
export { eventFieldsRead, subjectFields } from './evaluate.ts'
export { dashboardFiles, type DashboardView, dashboardViews } from './files.ts'
export { type HealthPanel, healthPanels, logLine, statusLookup } from './health.ts'
export { dashboardMacros, subjectSourcetypes } from './macros.ts'
export { fieldsRead, type Panel, panelSearch, type Shows } from './panel.ts'
export { type Subject, subjects } from './subject.ts'
