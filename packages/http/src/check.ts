import type { Finding, TargetContext } from '@siembridge/core'
import { Client } from './client.ts'
import type { HttpTargetOptions } from './options.ts'

/** Looks whether the address answers and takes the credentials. Sends no event. */
export async function* check({ options, secrets }: TargetContext<HttpTargetOptions>): AsyncGenerator<Finding> {
  const client = new Client(options, secrets)
  const subject = `endpoint ${new URL(options.url).origin}`
  try {
    const { status } = await client.probe()
    if (status === 401 || status === 403) {
      const help = 'Correct bearer, basic or headers, and what the account may do at the receiver.'
      yield { subject, is: 'bad', says: `refuses the credentials (${status})`, help }
    } else if (status >= 300 && status < 400) {
      yield {
        subject,
        is: 'bad',
        says: `redirects (${status})`,
        help: 'Write the address that it redirects to in url.',
      }
    } else yield { subject, is: 'good', says: `answers (${status} to HEAD)` }
  } catch (error) {
    const [says, ...rest] = (error as Error).message.split('\n')
    const help = rest.map((line) => /^ *do: *(.*)$/.exec(line)?.[1]).find((line) => line !== undefined)
    yield { subject, is: 'bad', says: says as string, help: help ?? 'Check url, port and firewall.' }
  } finally {
    client.forget()
  }
}
