import SimpleTable from '@splunk/react-ui/SimpleTable'
import type { ReactElement, ReactNode } from 'react'
import styled from 'styled-components'

const Wide = styled.div`
  overflow-x: auto;

  td,
  th {
    overflow-wrap: normal;
    vertical-align: top;
    word-break: normal;
  }
`

const SortButton = styled.button`
  background: none;
  border: 0;
  color: inherit;
  cursor: pointer;
  font: inherit;
  padding: 0;
  text-align: left;

  &:hover {
    text-decoration: underline;
  }
`

export interface GridColumn {
  readonly key: string
  readonly title: string
  /** Undefined where it cannot be sorted by. */
  readonly sorted?: 'ascending' | 'descending' | 'none'
}

interface GridProps {
  readonly label: string
  readonly columns: readonly GridColumn[]
  /** `Grid.Row`s with as many cells as there are columns. */
  readonly children: ReactNode
  readonly onSort?: (key: string) => void
}

/** A table that scrolls sideways where the window is narrow. */
export function Grid({ label, columns, children, onSort }: GridProps): ReactElement {
  return (
    <Wide tabIndex={0} role="region" aria-label={label}>
      <SimpleTable aria-label={label}>
        <SimpleTable.Head>
          <SimpleTable.Row>
            {columns.map(({ key, title, sorted }) => (
              <SimpleTable.HeadCell key={key} scope="col" {...(sorted !== undefined && { 'aria-sort': sorted })}>
                {sorted === undefined ? title : <Sort title={title} sorted={sorted} onSort={() => onSort?.(key)} />}
              </SimpleTable.HeadCell>
            ))}
          </SimpleTable.Row>
        </SimpleTable.Head>
        <SimpleTable.Body stripeRows>{children}</SimpleTable.Body>
      </SimpleTable>
    </Wide>
  )
}

const arrows = { ascending: ' ▲', descending: ' ▼', none: '' } as const

function Sort({
  title,
  sorted,
  onSort,
}: {
  readonly title: string
  readonly sorted: keyof typeof arrows
  readonly onSort: () => void
}): ReactElement {
  return (
    <SortButton type="button" onClick={onSort}>
      {title}
      <span aria-hidden="true">{arrows[sorted]}</span>
    </SortButton>
  )
}

export const GridRow = SimpleTable.Row
export const GridCell = SimpleTable.Cell
