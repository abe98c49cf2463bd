import type { Ask } from '@siembridge/splunk/migration'
import { createFetchInit } from '@splunk/splunk-utils/fetch'
import { createRESTURL } from '@splunk/splunk-utils/url'
import { noteServerTime } from './clock.ts'
import { RestError } from './rest.ts'

/** How migration asks splunkd: in the namespaces of older add-ons too, and with every answer taken as it is. */
export const askOlder: Ask = async ({ method, app, endpoint, query = {}, form }) => {
  const search = new URLSearchParams({ output_mode: 'json', ...query }).toString()
  const body = method === 'POST' ? { body: new URLSearchParams(form).toString() } : {}
  const answer = await fetch(
    `${createRESTURL(endpoint, { app, owner: 'nobody' })}?${search}`,
    createFetchInit({ method, ...body }),
  ).catch((error: unknown) => {
    throw new RestError(0, (error as Error).message)
  })
  noteServerTime(answer)
  const text = await answer.text()
  if (answer.status === 401 || (answer.ok && /^\s*</.test(text)))
    throw new RestError(401, 'your session has ended: sign in to Splunk again')
  return { status: answer.status, json: jsonOf(text) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Splunk Web itself answers with a page.
    return undefined
  }
}
