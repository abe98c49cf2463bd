import type { Finding, TargetContext } from '@siembridge/core'
import { actionOf, collectorCodes } from './codes.ts'
import { Collector } from './collector.ts'
import type { SplunkHecOptions } from './options.ts'

/** Codes of `/services/collector/health` (17) and of an empty request, which a good token gets (5). */
const healthy = 17
const noData = 5

/** Looks whether events could be delivered: name, port, certificate, health, token. Sends no event. */
export async function* check(context: TargetContext<SplunkHecOptions>): AsyncGenerator<Finding> {
  const collector = new Collector(context)
  const { origin } = new URL(context.options.url)
  try {
    yield await healthOf(collector, origin)
    yield await tokenOf(collector, context.options.token)
  } catch (error) {
    const [says, ...rest] = (error as Error).message.split('\n')
    const help = rest.map((line) => /^ *do: *(.*)$/.exec(line)?.[1]).find((line) => line !== undefined)
    yield {
      subject: `collector ${origin}`,
      is: 'bad',
      says: says as string,
      help: help ?? 'Check url, port and firewall.',
    }
  } finally {
    collector.forget()
  }
}

async function healthOf(collector: Collector, origin: string): Promise<Finding> {
  const subject = `collector ${origin}`
  const { status, code, text } = await collector.health()
  if (code === healthy) return { subject, is: 'good', says: 'reachable and healthy' }
  const says = `answers ${status} ${text ?? 'in a way that the collector does not'}`
  if (status === 503)
    return { subject, is: 'warning', says, help: 'Splunk is busy or restarts; events wait until it is not.' }
  const help = 'Check that url is that of the HTTP Event Collector: port 8088, or 443 in Splunk Cloud.'
  return { subject, is: 'bad', says, help }
}

async function tokenOf(collector: Collector, reference: string): Promise<Finding> {
  const subject = `token ${reference}`
  const { status, code, text } = await collector.post('event', '')
  if (code === noData) return { subject, is: 'good', says: 'accepted' }
  const says = `Splunk answers ${status} ${text ?? ''}`.trim()
  const is = actionOf(status, code) === 'configuration' ? 'bad' : 'warning'
  return { subject, is, says, help: collectorCodes[code ?? -1]?.help ?? 'Try again when Splunk is well.' }
}
