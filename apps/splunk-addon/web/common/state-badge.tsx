import type { ReactElement } from 'react'
import { Badge } from './badge.tsx'
import { type InputState, inputStates } from './input-state.ts'

export function StateBadge({ state }: { readonly state: InputState }): ReactElement {
  const { label, look } = inputStates[state]
  return <Badge look={look}>{label}</Badge>
}
