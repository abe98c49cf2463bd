import { call, coalesce, equal, text } from '../../eval/ast.ts'
import { f, firstOf, list, meta, patterns, table } from '../words.ts'
import type { Rules } from './rules.ts'

/** What was changed, in which service, by whom, and whether it came about. */
export const change: Rules = ({ product }) => ({
  action: patterns(f('event.type'), { '*creation*': 'created', '*deletion*': 'deleted' }, text('modified')),
  change_type: patterns(f('event.category'), { '*iam*': 'AAA' }, text('configuration')),
  command: coalesce(firstOf('microsoft.operation', 'event.action'), meta.signatureId),
  dest: coalesce(firstOf('host.name', 'service.name', 'microsoft.workload'), text(product)),
  dvc: coalesce(firstOf('observer.name', 'host.name', 'microsoft.workload'), text(product)),
  object: coalesce(
    firstOf(
      'user.target.name',
      'group.name',
      'microsoft.resource.name',
      'microsoft.object_id',
      'file.name',
      'url.original',
    ),
    firstOf('user.target.full_name', 'service.name', 'microsoft.resource.group', 'event.id'),
  ),
  object_attrs: coalesce(list('microsoft.changed'), list('microsoft.o365.parameter_names')),
  object_category: patterns(
    f('event.type'),
    { '*user*': 'user', '*group*': 'group' },
    coalesce(firstOf('microsoft.resource.type', 'event.code', 'microsoft.category'), meta.category),
  ),
  object_id: firstOf(
    'user.target.id',
    'group.id',
    'microsoft.resource.id',
    'microsoft.object_id',
    'service.id',
    'user.target.name',
    'event.id',
  ),
  object_path: firstOf('file.path', 'url.original'),
  result: call(
    'case',
    equal(f('event.outcome'), text('failure')),
    coalesce(firstOf('event.reason', 'error.message', 'error.code', 'microsoft.result')),
  ),
  src: coalesce(
    firstOf('source.ip', 'source.domain', 'client.ip', 'host.name'),
    firstOf('microsoft.app.name', 'microsoft.service_principal.name'),
  ),
  status: table(f('event.outcome'), { success: 'success', failure: 'failure' }),
  user: firstOf('user.name', 'user.email', 'user.id', 'microsoft.service_principal.name', 'microsoft.app.name'),
})

/** A change of an account: CIM's `user` is whose account it is, `src_user` who changed it. */
export const accountChange: Rules = (about) => {
  const { user, ...rest } = change(about)
  return {
    ...rest,
    object_category: text('user'),
    user: coalesce(firstOf('user.target.name', 'user.target.full_name', 'user.target.id', 'microsoft.resource.name')),
    ...(user && { src_user: user }),
  }
}
