import TabBar from '@splunk/react-ui/TabBar'
import { type ReactElement, useState } from 'react'
import { Frame } from '../../app/frame.tsx'
import { Failure } from '../../common/failure.tsx'
import { Rows } from '../../common/layout.tsx'
import { ProgramMissing } from '../../common/program-missing.tsx'
import { useLoaded } from '../../common/loadable.ts'
import { listInputs } from '../../splunk/inputs.ts'
import { AccountsTab } from './accounts.tsx'
import { LoggingTab } from './logging.tsx'
import { ProxyTab } from './proxy.tsx'

const tabs = {
  accounts: { label: 'Accounts', Tab: AccountsTab },
  proxy: { label: 'Proxy', Tab: ProxyTab },
  logging: { label: 'Logging', Tab: LoggingTab },
} as const
type TabName = keyof typeof tabs

export function ConfigurationPage(): ReactElement {
  const asked = new URLSearchParams(window.location.search).get('tab') ?? ''
  const [tab, setTab] = useState<TabName>(Object.hasOwn(tabs, asked) ? (asked as TabName) : 'accounts')
  const inputs = useLoaded(listInputs)
  const { Tab } = tabs[tab]
  return (
    <Frame page="configuration" about="How the add-on signs in to Microsoft, and how it gets there.">
      <Rows>
        {inputs.error && <Failure error={inputs.error} what="list inputs" onRetry={() => void inputs.reload()} />}
        {inputs.value && <ProgramMissing schemes={inputs.value.unknown} />}
        <TabBar
          activeTabId={tab}
          aria-label="Configuration"
          onChange={(_, { selectedTabId }) => setTab(selectedTabId as TabName)}
        >
          {(Object.keys(tabs) as TabName[]).map((name) => (
            <TabBar.Tab key={name} label={tabs[name].label} tabId={name} ariaControls={`panel-${name}`} />
          ))}
        </TabBar>
        <div role="tabpanel" id={`panel-${tab}`} aria-label={tabs[tab].label}>
          <Tab inputs={inputs.value?.inputs} />
        </div>
      </Rows>
    </Frame>
  )
}
