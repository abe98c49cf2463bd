import Link from '@splunk/react-ui/Link'
import { type ReactElement, useState } from 'react'
import { Failure } from '../../common/failure.tsx'
import { ChoiceField } from '../../common/field.tsx'
import { useLoaded } from '../../common/loadable.ts'
import { Loading } from '../../common/states.tsx'
import { searchURL } from '../../splunk/searches.ts'
import { readSettings, saveLevel } from '../../splunk/settings.ts'
import { SettingsPanel } from './settings-panel.tsx'

const levels = [
  ['error', 'Error', 'Only what fails'],
  ['warn', 'Warning', 'And what may fail soon'],
  ['info', 'Info', 'And starts, ends, and what works again'],
  ['debug', 'Debug', 'Every request: for a short while only'],
] as const

const everything = 'search index=_internal sourcetype=splunkd component=ExecProcessor siembridge'

export function LoggingTab(): ReactElement {
  const settings = useLoaded(readSettings)
  if (settings.error)
    return <Failure error={settings.error} what="read the settings" onRetry={() => void settings.reload()} />
  if (!settings.value) return <Loading what="Reading the settings" />
  return <LoggingForm start={settings.value.level} />
}

function LoggingForm({ start }: { readonly start: string }): ReactElement {
  const [level, setLevel] = useState(start)
  const save = async (): Promise<boolean> => {
    await saveLevel(level)
    return true
  }
  return (
    <SettingsPanel title="Logging" save={save}>
      <ChoiceField label="What inputs write to Splunk’s log" value={level} choices={levels} onChange={setLevel} />
      <Link to={searchURL(everything, '-24h')}>Search the log</Link>
    </SettingsPanel>
  )
}
