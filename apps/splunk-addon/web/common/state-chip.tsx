import Chip from '@splunk/react-ui/Chip'
import type { ReactElement } from 'react'
import { type InputState, inputStates } from './input-state.ts'

export function StateChip({ state }: { readonly state: InputState }): ReactElement {
  const { label, look } = inputStates[state]
  return <Chip appearance={look}>{label}</Chip>
}
