import Text from '@splunk/react-ui/Text'
import { type ReactElement, useId } from 'react'
import styled from 'styled-components'

const Label = styled.label`
  display: block;
  margin-bottom: 4px;
`

interface SearchFieldProps {
  readonly label: string
  readonly value: string
  onChange(value: string): void
}

export function SearchField({ label, value, onChange }: SearchFieldProps): ReactElement {
  const id = useId()
  return (
    <div style={{ minWidth: 320 }}>
      <Label htmlFor={id}>{label}</Label>
      <Text inputId={id} type="search" value={value} canClear onChange={(_, { value: next }) => onChange(next)} />
    </div>
  )
}
