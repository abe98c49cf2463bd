import { openServiceNow, type ServiceNowSpec, type SimulatedServiceNow } from '@siembridge/simulator/servicenow'
import { Site, until } from '../agent/agent-process.ts'

/** What an agent of these tests finds in its environment. */
export const environment = { SN_PASSWORD: 'open sesame' }

/** A configuration: files in, tickets out. `target` are lines of the target's options, `rest` further sections. */
export const configuration = (url: string, target = '', rest = ''): string => `
sources: [{ kind: file, paths: in*.ndjson, every: 20ms }]
targets:
  tickets:
    kind: servicenow
    url: ${url}
    auth: { method: basic, user: bridge, password: 'env:SN_PASSWORD' }
${target.includes('settle:') ? '' : '    settle: 300ms\n'}${target
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
routes: [{ name: all, own_events: false }]
http: off
${rest}
`

/** An instance and an agent's folder; both end with the test. */
export class Desk implements AsyncDisposable {
  readonly instance: SimulatedServiceNow
  readonly site: Site

  private constructor(instance: SimulatedServiceNow, site: Site) {
    this.instance = instance
    this.site = site
  }

  static async open(spec: ServiceNowSpec = {}, target = '', rest = ''): Promise<Desk> {
    const instance = await openServiceNow(spec)
    return new Desk(instance, new Site(configuration(instance.url, target, rest)))
  }

  /** Runs the agent over what stands in its files until everything is delivered. */
  async once(): Promise<{ status: number | null; stderr: string }> {
    return this.site.run(['run', '--once'], environment)
  }

  tickets(table = 'incident') {
    return this.instance.tables.rows(table)
  }

  /** Work notes of a ticket, oldest first. */
  notes(sysId: string): string[] {
    return this.instance.tables
      .rows('sys_journal_field')
      .filter((row) => row['element_id'] === sysId)
      .map((row) => row['value'] ?? '')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.site[Symbol.asyncDispose]()
    await this.instance.close()
  }
}

export { until }
