import { createFetchInit, findErrorMessage } from '@splunk/splunk-utils/fetch'
import { createRESTURL } from '@splunk/splunk-utils/url'
import { facts } from '../facts.ts'
import { noteServerTime } from './clock.ts'

/** What splunkd refused, or why it could not be asked. */
export class RestError extends Error {
  /** HTTP status; 0 where no answer came. */
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'RestError'
    this.status = status
  }
}

/** One object as splunkd lists it. */
export interface Listed {
  readonly name: string
  readonly acl: { readonly app: string }
  readonly content: Readonly<Record<string, unknown>>
}

type Values = Readonly<Record<string, string>>

interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly query?: Values
  readonly form?: Values
  readonly json?: unknown
}

/** Asks splunkd in the namespace of the add-on. `path` is below it, each part encoded. Throws RestError. */
export async function ask(path: string, { method = 'GET', query = {}, form, json }: Asked = {}): Promise<unknown> {
  const search = new URLSearchParams({ output_mode: 'json', ...query }).toString()
  const url = `${createRESTURL(path, { app: facts.app, owner: 'nobody' })}?${search}`
  const init = createFetchInit({
    method,
    ...(form && { body: new URLSearchParams(form).toString() }),
    ...(json !== undefined && { body: JSON.stringify(json), headers: { 'Content-Type': 'application/json' } }),
  })
  const answer = await fetch(url, init).catch((error: unknown) => {
    throw new RestError(0, (error as Error).message)
  })
  noteServerTime(answer)
  const text = await answer.text()
  // Behind some proxies a session that has ended leads to a page for signing in.
  if (answer.ok && /^\s*</.test(text)) throw new RestError(401, 'Splunk Web asks to sign in')
  if (!answer.ok) throw new RestError(answer.status, reasonOf(text) ?? answer.statusText)
  return text === '' ? undefined : (JSON.parse(text) as unknown)
}

function reasonOf(text: string): string | undefined {
  try {
    const read = JSON.parse(text) as { readonly messages?: readonly { readonly text?: string }[] }
    const found = findErrorMessage(read) as { readonly text?: string } | undefined
    return found?.text ?? read.messages?.[0]?.text
  } catch {
    // Splunk Web itself answers with a page.
    return undefined
  }
}

/** All objects below a path. */
export async function list(path: string): Promise<readonly Listed[]> {
  const { entry = [] } = (await ask(path, { query: { count: '0' } })) as { readonly entry?: readonly Listed[] }
  return entry
}

/** Waits for something to be removed that may be gone already. */
export async function goneIsFine(removing: Promise<unknown>): Promise<void> {
  await removing.catch((error: unknown) => {
    if (!(error instanceof RestError && error.status === 404)) throw error
  })
}

/** Makes an object, or changes the one that is there already (409). */
export async function createOrChange(path: string, name: string, form: Values, create: Values = {}): Promise<void> {
  try {
    await ask(path, { method: 'POST', form: { name, ...create, ...form } })
  } catch (error) {
    if (!(error instanceof RestError && error.status === 409)) throw error
    await ask(`${path}/${encodeURIComponent(name)}`, { method: 'POST', form })
  }
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

export const isTrue = (value: unknown): boolean => /^(?:1|true|t|yes)$/i.test(textOf(value))
