import { randomBytes } from 'node:crypto'
import type { Host } from '../inputs/host.ts'
import { confsAnswer } from './confs.ts'
import { type InputServices, inputsAnswer } from './inputs.ts'
import type { KvStore } from './kv-store.ts'
import type { Passwords } from './passwords.ts'
import { listed, notFound, refused, type RestAnswer, type RestRequest } from './request.ts'
import { searchAnswer, type SearchServices } from './searches.ts'
import { lackingRight, type SplunkUser, userBy } from './users.ts'

export interface ManagementServices extends InputServices, SearchServices {
  readonly host: Host
  readonly passwords: Passwords
  readonly kvStore: KvStore
}

/** Keys that splunkd has given out, and to whom. */
export class Sessions {
  private readonly keys = new Map<string, SplunkUser>()

  create(user: SplunkUser = system): string {
    const key = randomBytes(32).toString('base64url')
    this.keys.set(key, user)
    return key
  }

  /** Every key ends, as after a restart. */
  clear(): void {
    this.keys.clear()
  }

  /** Whose session it is. */
  user(key: string): SplunkUser | undefined {
    return this.keys.get(key)
  }

  /** Who asks: `Splunk KEY`, or name and password by Basic. */
  admits(authorization: string | undefined): SplunkUser | undefined {
    const [, scheme = '', value = ''] = /^(Splunk|Bearer|Basic) (.+)$/i.exec(authorization ?? '') ?? []
    if (scheme.toLowerCase() !== 'basic') return this.keys.get(value)
    const [name = '', password = ''] = Buffer.from(value, 'base64').toString().split(':')
    return userBy(name, password)
  }
}

/** Whom splunkd's own keys are of: inputs get them. */
const system: SplunkUser = { name: 'splunk-system-user', password: '', may: new Set(['inputs', 'change', 'secrets']) }

/** splunkd's REST interface, as far as add-ons use it (Splunk, REST API Reference). */
export async function managementAnswer(
  request: RestRequest,
  user: SplunkUser,
  services: ManagementServices,
): Promise<RestAnswer> {
  const right = lackingRight(user, request)
  if (right !== undefined)
    return refused(
      403,
      `You (user=${user.name}) do not have permission to perform this operation (requires: ${right}).`,
    )
  return await permitted(request, services)
}

async function permitted(request: RestRequest, services: ManagementServices): Promise<RestAnswer> {
  const [first = '', second = '', ...rest] = request.path
  const inner = (path: readonly string[]): RestRequest => ({ ...request, path })
  switch (`${first}/${second}`) {
    case 'storage/passwords':
      return services.passwords.answer(inner(rest))
    case 'storage/collections':
      return collections(inner(rest), services)
    case 'data/inputs':
      return await inputsAnswer(inner(rest.slice(1)), rest[0] ?? '', services)
    case 'data/modular-inputs':
      return schemes(rest[0], services)
    case 'data/indexes':
      return listed(services.indexes.map((name) => ({ name, app: 'search', content: { disabled: false } })))
    case 'search/v2':
      return searchAnswer(inner(rest), services)
    case 'server/info':
      return listed([
        {
          name: 'server-info',
          content: {
            serverName: services.host.name,
            version: '10.2.3',
            kvStoreStatus: services.kvStore.status,
          },
        },
      ])
  }
  const file = first === 'configs' ? /^conf-([\w.-]+)$/.exec(second)?.[1] : undefined
  return file === undefined
    ? refused(404, `Not Found: ${request.path.join('/')}`)
    : confsAnswer(inner(rest), file, services.confs)
}

function collections(request: RestRequest, { kvStore, confs }: ManagementServices): RestAnswer {
  const [kind, ...rest] = request.path
  if (kind === 'data') return kvStore.answer({ ...request, path: rest })
  if (kind !== 'config') return notFound(request.path.join('/'))
  return listed(
    confs.stanzas('collections', request.app).map(({ name, app, settings }) => ({ name, app, content: settings })),
  )
}

function schemes(name: string | undefined, { inputs }: ManagementServices): RestAnswer {
  const all = [...inputs.known.values()].map(({ scheme, app, document }) => ({
    name: scheme,
    app,
    content: {
      title: document.title,
      description: document.description,
      streaming_mode: document.streamingMode,
      endpoint: { args: Object.fromEntries(document.args.map((arg) => [arg.name, arg])) },
    },
  }))
  if (name === undefined) return listed(all)
  const found = all.filter((one) => one.name === name)
  return found.length === 0 ? notFound(name) : listed(found)
}
