import Button from '@splunk/react-ui/Button'
import Message from '@splunk/react-ui/Message'
import { type ReactElement, useEffect, useState } from 'react'
import { Failure } from '../../common/failure.tsx'
import { Grid, GridCell, GridRow } from '../../common/grid.tsx'
import { Code, Line, Panel, Rows } from '../../common/layout.tsx'
import { useLoaded } from '../../common/loadable.ts'
import { Empty, Loading } from '../../common/states.tsx'
import { facts } from '../../facts.ts'
import { type Account, listAccounts, newAccount } from '../../splunk/accounts.ts'
import type { Input } from '../../splunk/inputs.ts'
import { credentials } from './credentials.ts'
import { AccountForm } from './account-form.tsx'
import { AccountTest } from './account-test.tsx'
import { DeleteAccount } from './delete-account.tsx'

interface Doing {
  readonly is: 'add' | 'edit' | 'test' | 'delete'
  readonly account: Account
}

export function AccountsTab({ inputs }: { readonly inputs: readonly Input[] | undefined }): ReactElement {
  const accounts = useLoaded(listAccounts)
  const [doing, setDoing] = useState<Doing | undefined>()
  const [said, setSaid] = useState<string | undefined>()
  const add = (): void => setDoing({ is: 'add', account: newAccount })
  useEffect(() => {
    if (new URLSearchParams(window.location.search).get('add') === 'account') add()
  }, [])
  const close = (): void => {
    setDoing(undefined)
    void accounts.reload()
  }
  const usedBy = (name: string): readonly Input[] => (inputs ?? []).filter(({ account }) => account === name)
  return (
    <Panel aria-label="Accounts">
      <Rows>
        {said !== undefined && (
          <Message appearance="fill" type="success" role="status" onRequestRemove={() => setSaid(undefined)}>
            {said}
          </Message>
        )}
        {accounts.error && (
          <Failure error={accounts.error} what="list accounts" onRetry={() => void accounts.reload()} />
        )}
        {accounts.value === undefined ? (
          !accounts.error && <Loading what="Reading the accounts" />
        ) : accounts.value.length === 0 ? (
          <Empty title="No account yet">
            <p>
              An account names a Microsoft tenant and an app registration in it. Register an application in Microsoft
              Entra (App registrations › New registration), then give its ids here. The test that follows says which
              permissions it needs.
            </p>
            <Button appearance="primary" label="Add an account" onClick={add} />
          </Empty>
        ) : (
          <>
            <Line end>
              <Button appearance="primary" label="Add an account" onClick={add} />
            </Line>
            <AccountTable accounts={accounts.value} usedBy={inputs && usedBy} onDo={setDoing} />
          </>
        )}
      </Rows>
      {(doing?.is === 'add' || doing?.is === 'edit') && (
        <AccountForm
          is={doing.is}
          start={doing.account}
          existing={accounts.value ?? []}
          inputs={usedBy(doing.account.name)}
          onClose={close}
          onSaved={(account) => {
            void accounts.reload()
            setDoing({ is: 'test', account })
          }}
        />
      )}
      {doing?.is === 'test' && (
        <AccountTest
          account={doing.account}
          onClose={close}
          onEdit={() => setDoing({ is: 'edit', account: doing.account })}
        />
      )}
      {doing?.is === 'delete' && (
        <DeleteAccount
          account={doing.account}
          inputs={usedBy(doing.account.name)}
          onClose={close}
          onDone={() => {
            setSaid(`${doing.account.name} is deleted.`)
            close()
          }}
        />
      )}
    </Panel>
  )
}

interface AccountTableProps {
  readonly accounts: readonly Account[]
  /** Undefined where the inputs are not known. */
  readonly usedBy: ((name: string) => readonly Input[]) | undefined
  readonly onDo: (doing: Doing) => void
}

const cloudTitle = (name: string): string => facts.clouds.find((cloud) => cloud.name === name)?.title ?? name

function AccountTable({ accounts, usedBy, onDo }: AccountTableProps): ReactElement {
  return (
    <Grid
      label="Accounts"
      columns={['Account', 'Tenant', 'Signs in by', 'Cloud', 'Inputs', 'Actions'].map((title) => ({
        key: title,
        title,
      }))}
    >
      {accounts.map((account) => (
        <GridRow key={account.name}>
          <GridCell>
            <b>{account.name}</b>
          </GridCell>
          <GridCell>
            <Code>{account.tenant_id}</Code>
          </GridCell>
          <GridCell>{credentials.find(([name]) => name === account.credential)?.[1] ?? account.credential}</GridCell>
          <GridCell>{cloudTitle(account.cloud)}</GridCell>
          <GridCell>{usedBy?.(account.name).length ?? '–'}</GridCell>
          <GridCell>
            <Line style={{ flexWrap: 'nowrap' }}>
              {(['test', 'edit', 'delete'] as const).map((is) => (
                <Button
                  key={is}
                  appearance="secondary"
                  label={`${is[0]?.toUpperCase() ?? ''}${is.slice(1)}`}
                  aria-label={`${is[0]?.toUpperCase() ?? ''}${is.slice(1)} ${account.name}`}
                  onClick={() => onDo({ is, account })}
                />
              ))}
            </Line>
          </GridCell>
        </GridRow>
      ))}
    </Grid>
  )
}
