import SplunkThemeProvider from '@splunk/themes/SplunkThemeProvider'
import type { ReactElement } from 'react'
import { createRoot } from 'react-dom/client'
import { Crash } from './app/crash.tsx'
import { type PageName, pageTitles } from './app/frame.tsx'
import { addSplunkBar } from './app/splunk-bar.ts'
import { chosenTheme } from './app/theme.ts'
import { facts } from './facts.ts'
import { ConfigurationPage } from './pages/configuration/page.tsx'
import { HealthPage } from './pages/health/page.tsx'
import { InputsPage } from './pages/inputs/page.tsx'
import { MigrationPage } from './pages/migration/page.tsx'

const pages: Readonly<Record<PageName, () => ReactElement>> = {
  inputs: InputsPage,
  configuration: ConfigurationPage,
  health: HealthPage,
  migration: MigrationPage,
}

/** Splunk's own template for pages of apps has an empty body. */
const newRoot = (): HTMLElement => document.body.appendChild(document.createElement('div'))

async function show(): Promise<void> {
  const name = /\/app\/[^/]+\/(\w+)/.exec(window.location.pathname)?.[1] ?? 'inputs'
  const known: PageName = Object.hasOwn(pages, name) ? (name as PageName) : 'inputs'
  const root = document.getElementById('siembridge') ?? newRoot()
  document.title = `${pageTitles[known]} | ${facts.label} | Splunk`
  const theme = await chosenTheme()
  const Page = pages[known]
  root.textContent = ''
  createRoot(root).render(
    <SplunkThemeProvider {...theme}>
      <Crash>
        <Page />
      </Crash>
    </SplunkThemeProvider>,
  )
  const barIsThere = await addSplunkBar(root, theme.colorScheme === 'dark')
  document.documentElement.classList.toggle('with-splunk-bar', barIsThere)
}

void show()
