import ControlGroup from '@splunk/react-ui/ControlGroup'
import Select from '@splunk/react-ui/Select'
import Text from '@splunk/react-ui/Text'
import TextArea from '@splunk/react-ui/TextArea'
import type { ReactElement, ReactNode } from 'react'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly help?: ReactNode
  readonly error?: string | undefined
  readonly required?: boolean
  readonly disabled?: boolean
  readonly onChange: (value: string) => void
}

const group = ({ label, help, error, required = false }: FieldProps) => ({
  label,
  required,
  labelPosition: 'top' as const,
  ...(help !== undefined && { help }),
  ...(error !== undefined && { error }),
})

interface TextFieldProps extends FieldProps {
  readonly secret?: boolean
  readonly placeholder?: string
  readonly autoFocus?: boolean
}

export function TextField(props: TextFieldProps): ReactElement {
  const { value, error, disabled = false, secret = false, autoFocus = false, onChange } = props
  return (
    <ControlGroup {...group(props)}>
      <Text
        value={value}
        error={error !== undefined}
        disabled={disabled}
        autoComplete="off"
        spellCheck={false}
        autoFocus={autoFocus}
        {...(secret ? { type: 'password', autoComplete: 'new-password' } : {})}
        onChange={(_, { value: next }) => onChange(next)}
      />
    </ControlGroup>
  )
}

export function AreaField(props: FieldProps): ReactElement {
  const { value, error, onChange } = props
  return (
    <ControlGroup {...group(props)}>
      <TextArea
        value={value}
        error={error !== undefined}
        rowsMin={4}
        rowsMax={10}
        spellCheck={false}
        onChange={(_, { value: next }) => onChange(next)}
      />
    </ControlGroup>
  )
}

/** Choices from which on they can be searched. */
const many = 20

interface ChoiceProps extends FieldProps {
  readonly choices: readonly (readonly [value: string, label: string, description?: string])[]
  readonly placeholder?: string
}

export function ChoiceField(props: ChoiceProps): ReactElement {
  const { value, error, choices, disabled = false, placeholder = 'Choose', onChange } = props
  return (
    <ControlGroup {...group(props)}>
      <Select
        value={value}
        error={error !== undefined}
        disabled={disabled}
        placeholder={placeholder}
        filter={choices.length > many}
        onChange={(_, { value: next }) => onChange(String(next))}
      >
        {choices.map(([one, label, description]) => (
          <Select.Option
            key={one}
            value={one}
            label={label}
            {...(description !== undefined && { description, descriptionPosition: 'bottom' as const })}
          />
        ))}
      </Select>
    </ControlGroup>
  )
}
