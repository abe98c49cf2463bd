import Button from '@splunk/react-ui/Button'
import Message from '@splunk/react-ui/Message'
import { type ReactElement, useEffect, useState } from 'react'
import { Dialog } from '../../common/dialog.tsx'
import { Failure } from '../../common/failure.tsx'
import { Muted, Rows } from '../../common/layout.tsx'
import { Loading } from '../../common/states.tsx'
import { plural } from '../../common/time.ts'
import { facts, streamBy } from '../../facts.ts'
import { Grant } from '../../grant/grant.tsx'
import type { Account } from '../../splunk/accounts.ts'
import { pageURL } from '../../splunk/searches.ts'
import { testAccount, type Tested, type TestedThing } from '../../splunk/tests.ts'
import { Verdict } from './verdict.tsx'

interface AccountTestProps {
  readonly account: Account
  readonly onClose: () => void
  readonly onEdit: () => void
}

/** What an account can do, and what it lacks. */
export function AccountTest({ account, onClose, onEdit }: AccountTestProps): ReactElement {
  const [tested, setTested] = useState<Tested | undefined>()
  const [error, setError] = useState<Error | undefined>()
  const [round, setRound] = useState(0)
  useEffect(() => {
    setTested(undefined)
    setError(undefined)
    testAccount(account.name).then(setTested, setError)
  }, [account.name, round])
  const over = tested !== undefined || error !== undefined
  return (
    <Dialog
      title={`Test of ${account.name}`}
      width={760}
      text
      onClose={onClose}
      more={
        over && (
          <>
            <Button appearance="secondary" label="Edit the account" onClick={onEdit} />
            <Button appearance="secondary" label="Test again" onClick={() => setRound(round + 1)} />
            <Button appearance="primary" label="To the inputs" to={pageURL('inputs')} />
          </>
        )
      }
    >
      {!over && (
        <Loading what="Asking Microsoft for a token, and for one record of every kind of data; this takes up to half a minute" />
      )}
      {error && <Failure error={error} what={`test ${account.name}`} />}
      {tested &&
        ('report' in tested ? (
          <Report account={account} things={tested.report.things} />
        ) : (
          <Sentence text={tested.sentence} />
        ))}
    </Dialog>
  )
}

const Sentence = ({ text }: { readonly text: string }): ReactElement => (
  <Rows>
    <Message appearance="fill" type="warning">
      <Message.Title>Only the summary can be shown: Splunk’s KV store does not answer.</Message.Title>
    </Message>
    <p role="status">{text}</p>
  </Rows>
)

function Report({
  account,
  things,
}: {
  readonly account: Account
  readonly things: readonly TestedThing[]
}): ReactElement {
  const bad = things.filter(({ is }) => is === 'bad')
  const denied = bad.filter(({ code }) => code === 'PermissionMissing')
  const streams = denied.flatMap(({ scheme = '', stream = '' }) => streamBy(scheme, stream) ?? [])
  const permissions = [...new Set(streams.map(({ permission }) => permission))]
  const kinds = facts.schemes.map((scheme) => ({ scheme, own: things.filter((thing) => thing.scheme === scheme.name) }))
  return (
    <Rows>
      <div role="status">
        {bad.length === 0 ? (
          <Message appearance="fill" type="success">
            <Message.Title>Everything works.</Message.Title> The account can read{' '}
            {plural(things.filter(({ what }) => what === 'stream').length, 'kind')} of data.
          </Message>
        ) : (
          <Message appearance="fill" type={bad.length === things.length ? 'error' : 'warning'}>
            <Message.Title>
              {permissions.length > 0
                ? `${plural(permissions.length, 'permission')} missing: ${permissions.join(', ')}`
                : `${plural(bad.length, 'thing')} of ${things.length} did not work`}
            </Message.Title>
            {streams.length > 0 && <Grant account={account} streams={streams} then="Press Test again." />}
          </Message>
        )}
      </div>
      <Things title="Signing in" things={things.filter(({ what }) => what !== 'stream')} />
      {kinds.map(({ scheme, own }) => own.length > 0 && <Things key={scheme.name} title={scheme.title} things={own} />)}
    </Rows>
  )
}

/** What does not work comes first. */
const order: readonly TestedThing['is'][] = ['bad', 'warning', 'good']

function Things({
  title,
  things,
}: {
  readonly title: string
  readonly things: readonly TestedThing[]
}): ReactElement | null {
  if (things.length === 0) return null
  return (
    <section>
      <h3 style={{ margin: '0 0 4px' }}>{title}</h3>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {things
          .toSorted((a, b) => order.indexOf(a.is) - order.indexOf(b.is))
          .map((thing) => (
            <li key={thing.subject} style={{ display: 'flex', gap: 12, padding: '4px 0' }}>
              <Verdict is={thing.is} />
              <Thing thing={thing} />
            </li>
          ))}
      </ul>
    </section>
  )
}

function Thing({ thing }: { readonly thing: TestedThing }): ReactElement {
  const stream = streamBy(thing.scheme ?? '', thing.stream ?? '')
  return (
    <span>
      {stream?.title ?? thing.subject}
      {stream && <Muted> ({stream.permission})</Muted>}
      {thing.is !== 'good' && (
        <>
          <br />
          <span>{thing.says}</span>{' '}
          {thing.help !== undefined && thing.code !== 'PermissionMissing' && <span>{thing.help}</span>}
        </>
      )}
      {thing.is === 'good' && thing.what !== 'stream' && <Muted>: {thing.says}</Muted>}
    </span>
  )
}
