import { type ApplyChange, type OutputFile, systemClock } from '@siembridge/core'
import { createHttp } from '@siembridge/core/http'
import { lowLevelCategories, type Plan, printPlan, qradarApply, qradarKit } from '@siembridge/qradar'
import { type ConsoleFault, openQradarConsole, type QradarConsole } from '@siembridge/simulator/qradar'

export const token = 'a-service-token'

/** Asked for every request; tests change it while a console runs. */
export interface Faults {
  fault: ((number: number, method: string, path: string) => ConsoleFault | undefined) | undefined
}

/** A console that ends with the test (`await using`). */
export class TestConsole implements AsyncDisposable {
  readonly faults: Faults = { fault: undefined }
  readonly console: QradarConsole
  private constructor(console: QradarConsole, faults: Faults) {
    this.console = console
    this.faults = faults
  }

  static async open(): Promise<TestConsole> {
    const faults: Faults = { fault: undefined }
    const console = await openQradarConsole({
      categories: lowLevelCategories,
      tokens: [token],
      fault: ({ number, method, path }) => faults.fault?.(number, method, path),
    })
    return new TestConsole(console, faults)
  }

  /** Rows of a table without what differs from run to run: ids of its own and of others become names. */
  content(): string {
    const { tables } = this.console
    const qidName = new Map(tables.rows('qid_records').map((row) => [row.id, row['description']]))
    const property = new Map(tables.rows('regex_properties').map((row) => [row['identifier'], row['name']]))
    const typeName = new Map(tables.rows('log_source_types').map((row) => [row.id, row['name']]))
    const names = [
      'log_source_types',
      'qid_records',
      'dsm_event_mappings',
      'regex_properties',
      'property_json_expressions',
      'property_leef_expressions',
      'log_sources',
    ] as const
    return names
      .flatMap((table) =>
        tables.rows(table).map((row) => {
          const { id: _, uuid: __, qid: ___, identifier: ____, ...rest } = row as Record<string, unknown>
          return `${table} ${JSON.stringify({
            ...rest,
            ...('qid_record_id' in rest && { qid_record_id: qidName.get(Number(rest['qid_record_id'])) }),
            ...('log_source_type_id' in rest && {
              log_source_type_id: typeName.get(Number(rest['log_source_type_id'])),
            }),
            ...('type_id' in rest && { type_id: typeName.get(Number(rest['type_id'])) }),
            ...('regex_property_identifier' in rest && {
              regex_property_identifier: property.get(rest['regex_property_identifier']),
            }),
          })}`
        }),
      )
      .toSorted()
      .join('\n')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.console.close()
  }
}

/** Clock whose sleep is over at once. */
const hurried = { ...systemClock, sleep: async () => {} }

export interface Applied {
  readonly changes: readonly ApplyChange[]
  readonly done: readonly ApplyChange[]
}

export interface ApplyHow {
  readonly types: readonly string[]
  readonly way?: string
  readonly dryRun?: boolean
  readonly token?: string
  readonly deadline?: string
  readonly collector?: string
  /** Three properties in place of all. */
  readonly short?: boolean
}

/** Generates a plan and carries it out, in this process. */
export async function applyTo(site: TestConsole, how: ApplyHow): Promise<Applied> {
  const { files } = qradarKit.generate(how.types, {})
  const way = how.way ?? 'leef'
  const folder = way === 'lsx' ? 'lsx-flat' : way
  const secrets = {
    read: async (reference: string) => (reference === 'file:ca' ? site.console.authority : (how.token ?? token)),
  }
  const session = await qradarApply.open(
    files
      .filter(({ path }) => path.startsWith(`${folder}/`))
      .map((file) => (how.short === true ? shortened(file) : file)),
    {
      console: site.console.url,
      token: 'env:TOKEN',
      ca: 'ca',
      deadline: how.deadline ?? '20',
      ...(how.collector !== undefined && { collector: how.collector }),
    },
    {
      http: (options) => createHttp({ noProxy: '*', ...options }),
      secrets,
      clock: hurried,
      signal: new AbortController().signal,
    },
  )
  try {
    const { changes } = await session.diff()
    const done: ApplyChange[] = []
    if (how.dryRun !== true) await session.apply((change) => done.push(change))
    return { changes, done }
  } finally {
    await session.close()
  }
}

function shortened(file: OutputFile): OutputFile {
  if (!file.path.endsWith('apply-plan.json')) return file
  const plan = JSON.parse(String(file.content)) as Plan
  const properties = plan.properties.slice(0, 3)
  const names = new Set(properties.map(({ name }) => name))
  return {
    ...file,
    content: printPlan({ ...plan, properties, expressions: plan.expressions.filter((e) => names.has(e.property)) }),
  }
}
