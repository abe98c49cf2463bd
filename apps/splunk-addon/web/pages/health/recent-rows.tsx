import Button from '@splunk/react-ui/Button'
import Heading from '@splunk/react-ui/Heading'
import Link from '@splunk/react-ui/Link'
import { type ReactElement, useState } from 'react'
import { Failure } from '../../common/failure.tsx'
import { CodeBlock, Line, Muted, Panel, Rows } from '../../common/layout.tsx'
import { Loading } from '../../common/states.tsx'
import { search, type SearchRow, searchURL } from '../../splunk/searches.ts'

interface RecentRowsProps {
  readonly title: string
  readonly search: string
  /** As a verb, for what goes wrong. */
  readonly what: string
}

type Found = { readonly rows: readonly SearchRow[] } | { readonly error: Error } | 'searching' | undefined

const newest = 10

/** The newest events of a search; it runs when a person asks, because searches cost. */
export function RecentRows({ title, search: text, what }: RecentRowsProps): ReactElement {
  const [found, setFound] = useState<Found>()
  const run = async (): Promise<void> => {
    setFound('searching')
    try {
      setFound({ rows: await search(`${text} | head ${newest}`, '-24h', newest) })
    } catch (error) {
      setFound({ error: error as Error })
    }
  }
  return (
    <Panel>
      <Heading level={2}>{title}</Heading>
      <Rows gap={8}>
        <Line>
          <Button
            appearance="secondary"
            label={found === undefined ? `Show the last ${newest}` : 'Search again'}
            aria-label={`${title}: show the last ${newest}`}
            onClick={() => void run()}
          />
          <Link to={searchURL(text, '-24h')} aria-label={`Open in Search: ${title}`}>
            Open in Search
          </Link>
        </Line>
        {found === 'searching' && <Loading what="Searching" />}
        {typeof found === 'object' && 'error' in found && <Failure error={found.error} what={what} />}
        {typeof found === 'object' && 'rows' in found && <FoundRows rows={found.rows} />}
      </Rows>
    </Panel>
  )
}

function FoundRows({ rows }: { readonly rows: readonly SearchRow[] }): ReactElement {
  if (rows.length === 0) return <span role="status">Nothing in the last 24 hours.</span>
  return (
    <ol role="status" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {rows.map((row, at) => (
        <li key={`${row['_time'] ?? ''} ${at}`}>
          <Muted>
            {timeOf(row['_time'])} · {row['sourcetype']}
          </Muted>
          <CodeBlock tabIndex={0} aria-label="The event" style={{ marginTop: 0, maxHeight: 96 }}>
            {row['_raw']}
          </CodeBlock>
        </li>
      ))}
    </ol>
  )
}

/** Splunk tells times in ISO or in seconds since 1970. */
function timeOf(text = ''): string {
  const ms = /^[\d.]+$/.test(text) ? Number(text) * 1000 : Date.parse(text)
  return Number.isNaN(ms) ? text : new Date(ms).toLocaleString()
}
