import Chip from '@splunk/react-ui/Chip'
import type { ReactElement } from 'react'

const looks = {
  good: ['success', 'Works'],
  warning: ['warning', 'Note'],
  bad: ['error', 'Fails'],
} as const

export function Verdict({ is }: { readonly is: keyof typeof looks }): ReactElement {
  const [look, word] = looks[is]
  return (
    <span style={{ flex: '0 0 72px' }}>
      <Chip appearance={look}>{word}</Chip>
    </span>
  )
}
