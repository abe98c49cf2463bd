import { readLine } from './line.ts'
import type { JudgeInput, LedgerRow, Rendered, TargetDescription } from './types.ts'

/** One event of one version of a record. */
export interface ExpectedEvent {
  readonly row: LedgerRow
  /** Bytes that it can have: the record is served in more than one form. */
  readonly bodies: Set<string>
  /** It says what changed in its object. */
  readonly changes: boolean
}

export interface Expectation {
  /** By event id. Several where versions of a record have one id. */
  readonly events: ReadonlyMap<string, readonly ExpectedEvent[]>
  /** Rows that nobody has the bytes of. */
  readonly untold: readonly LedgerRow[]
}

const formsOf = ({ sha256, otherSha256 }: LedgerRow, rendered: JudgeInput['rendered']): Rendered[] =>
  [sha256, ...otherSha256].flatMap((hash) => rendered.get(hash) ?? [])

export const dueRows = (rows: readonly LedgerRow[]): LedgerRow[] => rows.filter(({ state }) => state === 'due')

/** What one target has to get, out of all that was issued. */
export function expect(
  { rows, rendered }: Pick<JudgeInput, 'rows' | 'rendered'>,
  target: TargetDescription,
): Expectation {
  const events = new Map<string, ExpectedEvent[]>()
  const untold: LedgerRow[] = []
  for (const row of dueRows(rows)) {
    const forms = formsOf(row, rendered)
    if (forms.length === 0) untold.push(row)
    for (const { changes, lines } of forms)
      for (const line of lines[target.name] ?? []) add(events, line, row, changes, target)
  }
  return { events, untold }
}

function add(
  events: Map<string, ExpectedEvent[]>,
  line: string,
  row: LedgerRow,
  changes: boolean,
  { format }: TargetDescription,
): void {
  const { id = line, body } = readLine(line, { format, header: 'none' })
  const versions = events.get(id) ?? []
  events.set(id, versions)
  const own = versions.find((version) => version.row === row)
  if (own) own.bodies.add(body)
  else versions.push({ row, bodies: new Set([body]), changes })
}
