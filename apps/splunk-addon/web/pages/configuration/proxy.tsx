import Switch from '@splunk/react-ui/Switch'
import { type ReactElement, useState } from 'react'
import { Failure } from '../../common/failure.tsx'
import { TextField } from '../../common/field.tsx'
import { useLoaded } from '../../common/loadable.ts'
import { Loading } from '../../common/states.tsx'
import { type Proxy, readSettings, saveProxy } from '../../splunk/settings.ts'
import { SettingsPanel } from './settings-panel.tsx'

export function ProxyTab(): ReactElement {
  const settings = useLoaded(readSettings)
  if (settings.error)
    return <Failure error={settings.error} what="read the proxy" onRetry={() => void settings.reload()} />
  if (!settings.value) return <Loading what="Reading the proxy" />
  return <ProxyForm start={settings.value.proxy} />
}

function ProxyForm({ start }: { readonly start: Proxy }): ReactElement {
  const [proxy, setProxy] = useState(start)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const set =
    (field: 'url' | 'user') =>
    (value: string): void =>
      setProxy((before) => ({ ...before, [field]: value.trim() }))
  const problem =
    !proxy.enabled && proxy.url === ''
      ? undefined
      : /^http:\/\/[^/\s@]+:\d+$/.test(proxy.url)
        ? undefined
        : 'Such as http://proxy.example.com:3128; name and password have fields of their own.'
  const save = async (): Promise<boolean> => {
    setTried(true)
    if (problem !== undefined) return false
    await saveProxy(proxy, password)
    setPassword('')
    return true
  }
  return (
    <SettingsPanel title="Proxy" save={save}>
      <Switch
        appearance="toggle"
        selected={proxy.enabled}
        onClick={() => setProxy({ ...proxy, enabled: !proxy.enabled })}
      >
        Reach Microsoft through a proxy
      </Switch>
      <TextField
        label="Address"
        required={proxy.enabled}
        value={proxy.url}
        error={tried ? problem : undefined}
        help="http://HOST:PORT"
        onChange={set('url')}
      />
      <TextField label="User" value={proxy.user} help="Empty where the proxy asks for none." onChange={set('user')} />
      <TextField
        label="Password"
        secret
        value={password}
        help={
          start.user === ''
            ? 'It is kept encrypted in Splunk’s own store of passwords.'
            : 'Leave it empty to keep the one that is there.'
        }
        onChange={setPassword}
      />
    </SettingsPanel>
  )
}
