import { coalesce, text } from '../../eval/ast.ts'
import { f, firstOf, head, list, meta, patterns, table } from '../words.ts'
import type { Rules } from './rules.ts'

/** Documents, messages, blobs and secrets that somebody read or changed. */
export const dataAccess: Rules = ({ product }) => ({
  action: patterns(
    f('event.type'),
    { '*creation*': 'created', '*deletion*': 'deleted', '*change*': 'modified' },
    text('read'),
  ),
  app: coalesce(firstOf('microsoft.workload', 'microsoft.app.name', 'microsoft.storage.service'), text(product)),
  dest: coalesce(
    firstOf('destination.domain', 'url.domain', 'microsoft.resource.name', 'microsoft.workload'),
    text(product),
  ),
  object: firstOf(
    'file.name',
    'email.subject',
    'microsoft.key_vault.object',
    'microsoft.storage.object',
    'file.path',
    'microsoft.object_id',
    'microsoft.resource.name',
    'url.original',
    'event.id',
  ),
  object_attrs: coalesce(list('microsoft.changed'), f('microsoft.key_vault.object_type')),
  object_category: coalesce(
    firstOf('file.type', 'microsoft.key_vault.object_type', 'microsoft.storage.service', 'event.code'),
    meta.category,
  ),
  object_id: firstOf(
    'microsoft.object_id',
    'microsoft.key_vault.object',
    'microsoft.storage.object',
    'email.message_id',
    'file.path',
    'url.original',
    'microsoft.resource.id',
    'microsoft.resource.name',
    'event.id',
  ),
  object_size: firstOf(
    'file.size',
    'http.response.bytes',
    'microsoft.sharepoint.sync_bytes',
    'microsoft.exchange.attachment_bytes',
  ),
  src: firstOf('source.ip', 'source.domain', 'client.ip', 'host.name'),
})

/** Rules of data loss prevention that matched. */
export const dlp: Rules = ({ product }) => ({
  action: table(f('event.type'), { denied: 'blocked' }, text('allowed')),
  app: coalesce(f('microsoft.workload'), text(product)),
  category: coalesce(firstOf('rule.ruleset', 'rule.name', 'rule.category'), meta.category),
  dest: coalesce(firstOf('host.name', 'url.domain'), head('email.to.address'), f('microsoft.workload'), text(product)),
  dlp_type: coalesce(firstOf('microsoft.workload'), text(product)),
  dvc: coalesce(firstOf('host.name', 'microsoft.workload'), text(product)),
  object: firstOf('file.name', 'email.subject', 'microsoft.object_id', 'file.path', 'event.id'),
  object_category: patterns(f('event.category'), { '*email*': 'email' }, text('file')),
  object_path: firstOf('file.path', 'url.original', 'email.message_id', 'microsoft.object_id', 'event.id'),
  severity: meta.severity,
  signature: coalesce(firstOf('rule.name'), meta.signature),
  src_user: coalesce(firstOf('user.name', 'user.email', 'email.sender.address'), head('email.from.address')),
})
