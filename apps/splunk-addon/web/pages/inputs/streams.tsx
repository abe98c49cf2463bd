import Checkbox from '@splunk/react-ui/Checkbox'
import ControlGroup from '@splunk/react-ui/ControlGroup'
import type { ReactElement } from 'react'
import styled from 'styled-components'
import { Muted } from '../../common/layout.tsx'
import { schemeBy } from '../../facts.ts'

/** One below the other, as a list is read. */
const Close = styled.div`
  > * {
    margin: 0;
  }
`

interface StreamChoiceProps {
  readonly scheme: string
  /** Names separated by commas; everything where it is empty, and nothing where it is `-`. */
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (value: string) => void
}

/** What of a kind of input is collected. */
export function StreamChoice({ scheme, value, error, onChange }: StreamChoiceProps): ReactElement {
  const all = schemeBy(scheme)?.streams ?? []
  const chosen = chosenStreams(scheme, value)
  const toggle = (name: string): void => {
    const next = all.map((stream) => stream.name).filter((one) => (one === name) !== chosen.includes(one))
    onChange(next.length === all.length ? '' : next.length === 0 ? '-' : next.join(','))
  }
  return (
    <ControlGroup
      label="What to collect"
      labelPosition="top"
      controlsLayout="none"
      {...(error !== undefined && { error })}
    >
      <Close>
        {all.map(({ name, title, permission }) => (
          <Checkbox key={name} checked={chosen.includes(name)} onChange={() => toggle(name)}>
            {title} <Muted>({permission})</Muted>
          </Checkbox>
        ))}
      </Close>
    </ControlGroup>
  )
}

export function chosenStreams(scheme: string, value: string): readonly string[] {
  const all = (schemeBy(scheme)?.streams ?? []).map(({ name }) => name)
  if (value.trim() === '') return all
  const told = value.split(',').map((name) => name.trim())
  return all.filter((name) => told.includes(name))
}
