import Heading from '@splunk/react-ui/Heading'
import { variables } from '@splunk/themes'
import type { ReactElement, ReactNode } from 'react'
import styled from 'styled-components'
import { facts } from '../facts.ts'
import { pageURL } from '../splunk/searches.ts'
import { PageStyle } from '../common/layout.tsx'

/** Pages of the add-on in the order of its navigation. */
export const pageTitles = {
  inputs: 'Inputs',
  configuration: 'Configuration',
  health: 'Health',
  migration: 'Migration',
} as const
export type PageName = keyof typeof pageTitles

const Bar = styled.nav`
  align-items: center;
  background: ${variables.backgroundColorSection};
  border-bottom: 1px solid ${variables.borderColorWeak};
  display: flex;
  flex-wrap: wrap;
  gap: 4px 20px;
  padding: 8px 24px;

  b {
    margin-right: 12px;
  }
  a {
    border-bottom: 3px solid transparent;
    color: ${variables.contentColorActive};
    padding: 6px 2px;
    text-decoration: none;
  }
  a:hover {
    text-decoration: underline;
  }
  a[aria-current] {
    border-color: ${variables.uiColorAccent};
    font-weight: 600;
  }
`

const Head = styled.header`
  align-items: flex-start;
  display: flex;
  flex-wrap: wrap;
  gap: 12px 24px;
  justify-content: space-between;
  margin-bottom: 20px;

  h1 {
    margin: 0;
  }
  p {
    color: ${variables.contentColorDefault};
    margin: 4px 0 0;
    max-width: 120ch;
  }
`

/** Leads keyboards past the navigation; it is seen while it has the focus. */
const Skip = styled.a`
  background: ${variables.backgroundColorSection};
  color: ${variables.contentColorActive};
  left: -9999px;
  padding: 8px 16px;
  position: absolute;
  z-index: 1;

  &:focus {
    left: 8px;
    top: 8px;
  }
`

const Main = styled.main`
  box-sizing: border-box;
  margin: 0 auto;
  max-width: 1440px;
  padding: 24px;
`

interface FrameProps {
  readonly page: PageName
  readonly about: string
  /** What the page is for doing. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Everything around a page. */
export function Frame({ page, about, actions, children }: FrameProps): ReactElement {
  return (
    <>
      <PageStyle />
      <Skip href="#main">Skip to the page</Skip>
      <Bar aria-label={facts.label} className="siembridge-nav">
        <b>{facts.label}</b>
        {(Object.keys(pageTitles) as PageName[]).map((name) => (
          <a key={name} href={pageURL(name)} {...(name === page && { 'aria-current': 'page' as const })}>
            {pageTitles[name]}
          </a>
        ))}
        <a href={pageURL('dashboards')}>Dashboards</a>
        <a href={pageURL('search')}>Search</a>
      </Bar>
      <Main id="main" tabIndex={-1}>
        <Head>
          <div>
            <Heading level={1} tabIndex={-1}>
              {pageTitles[page]}
            </Heading>
            <p>{about}</p>
          </div>
          {actions}
        </Head>
        {children}
      </Main>
    </>
  )
}
