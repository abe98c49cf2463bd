import Button from '@splunk/react-ui/Button'
import Link from '@splunk/react-ui/Link'
import Paginator from '@splunk/react-ui/Paginator'
import { type ReactElement, useState } from 'react'
import { ChoiceField, TextField } from '../../common/field.tsx'
import { Grid, GridCell, GridRow } from '../../common/grid.tsx'
import { type InputState, inputStates, type InputView } from '../../common/input-state.ts'
import { Line, Muted, Panel, Rows } from '../../common/layout.tsx'
import { StateBadge } from '../../common/state-badge.tsx'
import { ago, count, dateTime, plural, span } from '../../common/time.ts'
import { schemeBy } from '../../facts.ts'
import type { Input } from '../../splunk/inputs.ts'
import { pageURL } from '../../splunk/searches.ts'
import type { InputAction } from './dialogs.tsx'
import { RowActions } from './row-actions.tsx'
import { serverNow } from '../../splunk/clock.ts'

/** Rows of a page: a thousand inputs are twenty pages. */
const perPage = 50

const columns = ['name', 'state', 'last', 'lag', 'events', 'sourcetype', 'index'] as const
type Column = (typeof columns)[number]

const heads: Readonly<Record<Column, string>> = {
  name: 'Input',
  state: 'Status',
  last: 'Last event',
  lag: 'Lag',
  events: 'Events, 24 h',
  sourcetype: 'Sourcetypes',
  index: 'Index',
}

const order = Object.keys(inputStates)
const keys: Readonly<Record<Column, (view: InputView) => string | number>> = {
  name: ({ input }) => input.name.toLowerCase(),
  state: ({ state }) => order.indexOf(state),
  last: ({ status }) => -(status?.lastEventMs ?? 0),
  lag: ({ lagMs }) => -(lagMs ?? -1),
  events: ({ today }) => -today,
  sourcetype: ({ input }) => input.sourcetypes,
  index: ({ input }) => input.index,
}

interface TableProps {
  readonly views: readonly InputView[]
  readonly onAction: (action: InputAction) => void
  readonly onSwitch: (input: Input, on: boolean) => void
}

export function InputTable({ views, onAction, onSwitch }: TableProps): ReactElement {
  const [filter, setFilter] = useState('')
  const [state, setState] = useState<InputState | 'all'>('all')
  const [sort, setSort] = useState<{ readonly by: Column; readonly down: boolean }>({ by: 'state', down: false })
  const [page, setPage] = useState(1)

  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = views.filter(
    (view) => (state === 'all' || view.state === state) && words.every((word) => textOf(view).includes(word)),
  )
  const sorted = found.toSorted(
    (a, b) => compare(keys[sort.by](a), keys[sort.by](b)) * (sort.down ? -1 : 1) || compare(a.input.name, b.input.name),
  )
  const pages = Math.max(1, Math.ceil(sorted.length / perPage))
  const at = Math.min(page, pages)
  const shown = sorted.slice((at - 1) * perPage, at * perPage)
  const states = order.filter((one) => views.some((view) => view.state === one)) as InputState[]

  return (
    <Panel aria-label="Inputs">
      <Rows gap={12}>
        <Line style={{ alignItems: 'flex-end' }}>
          <div style={{ width: 320 }}>
            <TextField label="Filter by name, account, index or kind" value={filter} onChange={setFilter} />
          </div>
          <div>
            <ChoiceField
              label="Status"
              value={state}
              choices={[
                ['all', `All (${count(views.length)})`],
                ...states.map(
                  (one) =>
                    [
                      one,
                      `${inputStates[one].label} (${count(views.filter((view) => view.state === one).length)})`,
                    ] as const,
                ),
              ]}
              onChange={(value) => setState(value as InputState | 'all')}
            />
          </div>
          <Muted role="status" style={{ marginLeft: 'auto' }}>
            {found.length === views.length
              ? plural(views.length, 'input')
              : `${count(found.length)} of ${plural(views.length, 'input')}`}
          </Muted>
        </Line>
        {found.length === 0 ? (
          <Line>
            No input fits.{' '}
            <Button
              appearance="secondary"
              label="Show all"
              onClick={() => {
                setFilter('')
                setState('all')
              }}
            />
          </Line>
        ) : (
          <Grid
            label="Inputs"
            columns={[
              ...columns.map((key) => ({
                key,
                title: heads[key],
                sorted:
                  sort.by !== key ? ('none' as const) : sort.down ? ('descending' as const) : ('ascending' as const),
              })),
              { key: 'actions', title: 'Actions' },
            ]}
            onSort={(key) => setSort({ by: key as Column, down: sort.by === key && !sort.down })}
          >
            {shown.map((view) => (
              <InputRow key={view.input.stanza} view={view} onAction={onAction} onSwitch={onSwitch} />
            ))}
          </Grid>
        )}
        {pages > 1 && <Paginator current={at} totalPages={pages} onChange={(_, { page: next }) => setPage(next)} />}
      </Rows>
    </Panel>
  )
}

const textOf = ({ input }: InputView): string =>
  `${input.name} ${input.account} ${input.index} ${schemeBy(input.scheme)?.title ?? ''} ${input.stanza}`.toLowerCase()

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

interface RowProps extends Pick<TableProps, 'onAction' | 'onSwitch'> {
  readonly view: InputView
}

function InputRow({ view, onAction, onSwitch }: RowProps): ReactElement {
  const { input, status, state, failing, lagMs, today } = view
  const now = serverNow()
  const last = status?.lastEventMs
  const errors = status?.error ? 1 : failing.length
  return (
    <GridRow>
      <GridCell>
        <b>{input.name}</b>
        <br />
        <Muted>
          {schemeBy(input.scheme)?.title ?? input.scheme} · {input.account}
        </Muted>
      </GridCell>
      <GridCell>
        <StateBadge state={state} />
        {errors > 0 && (
          <div>
            <Link to={pageURL('health', { input: input.stanza })}>{plural(errors, 'error')}: what to do</Link>
          </div>
        )}
      </GridCell>
      <GridCell>{last === undefined ? '–' : <span title={dateTime(last)}>{ago(last, now)}</span>}</GridCell>
      <GridCell>{lagMs === undefined || input.disabled ? '–' : span(lagMs)}</GridCell>
      <GridCell>{status === undefined ? '–' : count(today)}</GridCell>
      <GridCell>{input.sourcetypes === 'own' ? 'siembridge:… (CIM)' : 'Of older add-ons'}</GridCell>
      <GridCell>{input.index}</GridCell>
      <GridCell>
        <RowActions input={input} onAction={onAction} onSwitch={onSwitch} />
      </GridCell>
    </GridRow>
  )
}
