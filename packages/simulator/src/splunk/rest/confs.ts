import type { ConfStore } from '../apps/conf-store.ts'
import { listed, notFound, refused, type RestAnswer, type RestEntry, type RestRequest } from './request.ts'

/** `configs/conf-FILE`: stanzas of configuration files, in the namespace of the request. */
export function confsAnswer({ method, path, form, app }: RestRequest, file: string, confs: ConfStore): RestAnswer {
  const [name] = path
  const holder = app === '-' ? undefined : app
  const found = confs.stanzas(file, holder)
  if (name === undefined) {
    if (method !== 'POST') return listed(found.map((one) => entryOf(one)))
    const stanza = form.get('name')
    if (!stanza || holder === undefined) return refused(400, 'The following required arguments are missing: name.')
    if (found.some((one) => one.name === stanza)) return refused(409, `An object with name=${stanza} already exists`)
    confs.set(holder, file, stanza, settingsOf(form))
    return listed([{ name: stanza, app: holder, content: settingsOf(form) }], 201)
  }
  const stanza = found.find((one) => one.name === name)
  if (!stanza) return notFound(name)
  if (method === 'POST') confs.set(stanza.app, file, name, settingsOf(form))
  if (method === 'DELETE' && !confs.remove(stanza.app, file, name))
    return refused(405, `${name} is part of the app and cannot be removed`)
  const now = confs.stanza(file, name, stanza.app)
  return listed(now ? [entryOf(now)] : [])
}

const entryOf = ({ name, app, settings }: ReturnType<ConfStore['stanzas']>[number]): RestEntry => ({
  name,
  app,
  content: settings,
})

/** What a form says of a stanza: everything but its name and how to answer. */
export const settingsOf = (form: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...form].filter(([key]) => key !== 'name' && key !== 'output_mode'))
