import { call, coalesce, type Eval, text } from '../../eval/ast.ts'
import { f, firstOf, head, list, patterns } from '../words.ts'
import type { Rules } from './rules.ts'

const domain = (address: Eval): Eval => call('lower', call('replace', address, text('^.*@'), text('')))
const sender = coalesce(firstOf('email.sender.address'), head('email.from.address'))

/** Messages on their way into mailboxes of the tenant. */
export const email: Rules = ({ product }) => ({
  action: patterns(
    coalesce(firstOf('microsoft.email.post_delivery.action', 'microsoft.email.delivery_location', 'event.action')),
    {
      '*uarantine*': 'quarantined',
      '*elete*': 'deleted',
      '*unk*': 'delivered',
      '*ropped*': 'blocked',
      '*ailed*': 'blocked',
      '*locked*': 'blocked',
    },
    text('delivered'),
  ),
  dest: coalesce(firstOf('destination.domain', 'destination.ip'), text(product)),
  internal_message_id: f('email.local_id'),
  message_id: f('email.message_id'),
  protocol: text('smtp'),
  recipient: list('email.to.address'),
  recipient_count: call('mvcount', list('email.to.address')),
  recipient_domain: domain(head('email.to.address')),
  return_addr: sender,
  src: firstOf('source.ip', 'source.domain', 'microsoft.email.sender.ipv6'),
  src_user: coalesce(head('email.from.address'), f('email.sender.address')),
  src_user_domain: domain(coalesce(head('email.from.address'), f('email.sender.address'))),
  signature: call('mvjoin', list('microsoft.email.threat_types'), text(', ')),
  file_name: list('email.attachments.file.name'),
  file_hash: list('email.attachments.file.hash.sha256'),
})
