import type { ConfStore } from '../apps/conf-store.ts'
import type { ModularInput, ModularInputs } from '../inputs/modular-inputs.ts'
import type { Scheduler } from '../inputs/scheduler.ts'
import { settingsOf } from './confs.ts'
import { listed, notFound, refused, type RestAnswer, type RestEntry, type RestRequest } from './request.ts'

export interface InputServices {
  readonly inputs: ModularInputs
  readonly confs: ConfStore
  readonly scheduler: Scheduler
}

/** Parameters that every input has (inputs.conf.spec). */
const usual = new Set(['index', 'host', 'source', 'sourcetype', 'interval', 'disabled'])

/** `data/inputs/SCHEME`: inputs are made, changed, enabled and removed; the program itself has a say in their parameters. */
export async function inputsAnswer(request: RestRequest, scheme: string, services: InputServices): Promise<RestAnswer> {
  const input = services.inputs.known.get(scheme)
  if (!input) return refused(404, `The requested URL was not found: data/inputs/${scheme}`)
  const [name, action] = request.path
  if (name === '_reload') {
    await services.scheduler.reconcile()
    return listed([])
  }
  if (name === undefined)
    return request.method === 'POST' ? await create(request, input, services) : listed(entries(scheme, services))
  const stanza = services.confs.stanza('inputs', `${scheme}://${name}`)
  if (!stanza) return notFound(name)
  if (action === 'enable' || action === 'disable')
    return await save(stanza.app, scheme, name, { disabled: action === 'disable' ? '1' : '0' }, services)
  if (action !== undefined) return refused(404, `There is no action ${action}`)
  if (request.method === 'DELETE') return await remove(stanza.app, scheme, name, services)
  if (request.method === 'POST') return await edit(request, input, name, stanza.app, services)
  return listed(entries(scheme, services).filter((one) => one.name === name))
}

const entries = (scheme: string, { confs }: InputServices): RestEntry[] =>
  confs
    .stanzas('inputs')
    .filter((stanza) => stanza.name.startsWith(`${scheme}://`))
    .map(({ name, app, settings }) => ({
      name: name.slice(scheme.length + 3),
      app,
      content: { disabled: '0', ...settings },
    }))

async function create({ form, app }: RestRequest, input: ModularInput, services: InputServices): Promise<RestAnswer> {
  const name = form.get('name')
  if (!name) return refused(400, 'The following required arguments are missing: name.')
  const holder = app === '-' ? input.app : app
  if (services.confs.stanza('inputs', `${input.scheme}://${name}`))
    return refused(409, `An object with name=${name} already exists`)
  const settings = settingsOf(form)
  const problem =
    oddSetting(settings, input) ??
    missingSetting(settings, input) ??
    (await services.inputs.validate(input, name, settings))
  if (problem !== undefined) return refused(400, `Encountered the following error while trying to save: ${problem}`)
  return await save(holder, input.scheme, name, settings, services, 201)
}

async function edit(
  { form }: RestRequest,
  input: ModularInput,
  name: string,
  app: string,
  services: InputServices,
): Promise<RestAnswer> {
  const settings = settingsOf(form)
  const problem = oddSetting(settings, input) ?? (await services.inputs.validate(input, name, settings))
  if (problem !== undefined) return refused(400, `Encountered the following error while trying to update: ${problem}`)
  return await save(app, input.scheme, name, settings, services)
}

async function save(
  app: string,
  scheme: string,
  name: string,
  settings: Readonly<Record<string, string>>,
  services: InputServices,
  status = 200,
): Promise<RestAnswer> {
  services.confs.set(app, 'inputs', `${scheme}://${name}`, settings)
  await services.scheduler.reconcile()
  return listed(
    entries(scheme, services).filter((one) => one.name === name),
    status,
  )
}

async function remove(app: string, scheme: string, name: string, services: InputServices): Promise<RestAnswer> {
  if (!services.confs.remove(app, 'inputs', `${scheme}://${name}`)) return refused(405, `${name} is part of an app`)
  await services.scheduler.reconcile()
  return listed(entries(scheme, services))
}

function oddSetting(settings: Readonly<Record<string, string>>, { document }: ModularInput): string | undefined {
  const odd = Object.keys(settings).find((key) => !usual.has(key) && !document.args.some(({ name }) => name === key))
  return odd === undefined ? undefined : `Argument "${odd}" is not supported by this handler.`
}

function missingSetting(settings: Readonly<Record<string, string>>, { document }: ModularInput): string | undefined {
  const missing = document.args.filter(
    ({ name, requiredOnCreate }) => name !== 'name' && requiredOnCreate && !settings[name],
  )
  return missing.length === 0
    ? undefined
    : `The following required arguments are missing: ${missing.map(({ name }) => name).join(', ')}.`
}
