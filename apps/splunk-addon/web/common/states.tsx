import Heading from '@splunk/react-ui/Heading'
import WaitSpinner from '@splunk/react-ui/WaitSpinner'
import { variables } from '@splunk/themes'
import type { ReactElement, ReactNode } from 'react'
import styled from 'styled-components'

const Middle = styled.div`
  align-items: center;
  display: flex;
  flex-direction: column;
  gap: ${variables.spacingSmall};
  margin: 0 auto;
  max-width: 640px;
  padding: 48px 24px;
  text-align: center;
`

export const Loading = ({ what }: { readonly what: string }): ReactElement => (
  <Middle role="status">
    <WaitSpinner size="large" screenReaderText={null} />
    <span>{what}…</span>
  </Middle>
)

interface EmptyProps {
  readonly title: string
  readonly children: ReactNode
}

/** Nothing is there yet: why, and what comes first. */
export const Empty = ({ title, children }: EmptyProps): ReactElement => (
  <Middle>
    <Heading level={2}>{title}</Heading>
    {children}
  </Middle>
)
