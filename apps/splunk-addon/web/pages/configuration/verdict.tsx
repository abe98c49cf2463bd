import type { ReactElement } from 'react'
import { Badge } from '../../common/badge.tsx'

const looks = {
  good: ['success', 'Works'],
  warning: ['warning', 'Note'],
  bad: ['error', 'Fails'],
} as const

export function Verdict({ is }: { readonly is: keyof typeof looks }): ReactElement {
  const [look, word] = looks[is]
  return (
    <span style={{ flex: '0 0 64px' }}>
      <Badge look={look}>{word}</Badge>
    </span>
  )
}
