import { isContentType, isStreamName, streamNames } from '../streams.ts'
import { faultKinds } from '../faults/fault.ts'
import { durationField, optionalText, textField } from './fields.ts'
import { statsOf } from './cloud-stats.ts'
import type { CloudParts } from '../cloud.ts'
import type { FaultRule } from '../faults/rule.ts'
import type { Application } from '../login/directory.ts'
import type { SecretScenario } from '../scenario.ts'
import type { StreamName } from '../streams.ts'
import type { ControlAnswer, ControlRequest, ControlRoutes } from './server.ts'

type Body = ControlRequest['body']

/** The control API of the cloud. */
export function cloudRoutes(parts: CloudParts): ControlRoutes {
  return {
    'GET /ledger': () => ({ lines: ledgerOf(parts) }),
    'GET /stats': () => ({ json: statsOf(parts) }),
    'GET /requests': () => ({ lines: parts.log.entries }),
    'GET /faults': () => ({ json: parts.faults.list() }),
    'POST /faults': ({ body }) => ({ json: { id: addFault(parts, body) } }),
    'POST /faults/remove': ({ body }) => removeFault(parts, body),
    'POST /clock': ({ body }) => moveClock(parts, body),
    'POST /world': ({ body }) => issue(parts, body),
    'POST /change': ({ body }) => change(parts, body),
    'POST /quiet': () => quiet(parts),
    'POST /resume': () => resume(parts),
    'POST /secrets': ({ body }) => setSecrets(parts, body),
    'POST /roles': ({ body }) => setRoles(parts, body),
  }
}

function ledgerOf({ world }: CloudParts): Iterable<unknown> {
  world.advance()
  return world.ledger.rows()
}

function addFault({ faults }: CloudParts, body: Body): string {
  const rule = body as unknown as FaultRule
  if (!faultKinds.includes(rule.fault?.kind)) throw new RangeError(`a fault needs a kind: ${faultKinds.join(', ')}`)
  return faults.add(rule)
}

function removeFault({ faults }: CloudParts, body: Body): ControlAnswer {
  faults.remove(optionalText(body, 'id'))
  return { json: {} }
}

function moveClock({ clock, world }: CloudParts, body: Body): ControlAnswer {
  clock.jump(durationField(body, 'advance'))
  world.advance()
  return { json: { now: clock.now() } }
}

function issue({ world }: CloudParts, body: Body): ControlAnswer {
  const stream = streamField(body)
  const [tenant, at] = [optionalText(body, 'tenant'), optionalText(body, 'at')]
  const ids = world.issue(stream, {
    ...(tenant === undefined ? {} : { tenant }),
    ...(at === undefined ? {} : { at: Date.parse(at) }),
    count: Number(body.count ?? 1),
    lateMs: durationField(body, 'late'),
  })
  return { json: { ids } }
}

function change({ world }: CloudParts, body: Body): ControlAnswer {
  const stream = streamField(body)
  if (isContentType(stream)) throw new RangeError('only records of Graph change')
  return { json: { changed: world.change(stream, textField(body, 'id'), optionalText(body, 'tenant')) } }
}

function streamField(body: Body): StreamName {
  const stream = textField(body, 'stream')
  if (!isStreamName(stream)) throw new RangeError(`a stream is one of ${streamNames.join(', ')}`)
  return stream
}

function quiet({ world, clock }: CloudParts): ControlAnswer {
  world.quiet()
  return { json: { now: clock.now(), issued: world.ledger.size } }
}

function resume({ world }: CloudParts): ControlAnswer {
  world.resume()
  return { json: {} }
}

function setSecrets(parts: CloudParts, body: Body): ControlAnswer {
  applicationOf(parts, body).secrets = body.secrets as SecretScenario[]
  return { json: {} }
}

function setRoles(parts: CloudParts, { grant = [], revoke = [], ...body }: Body): ControlAnswer {
  const { roles } = applicationOf(parts, body)
  for (const role of grant as string[]) roles.add(role)
  for (const role of revoke as string[]) roles.delete(role)
  return { json: { roles: [...roles] } }
}

function applicationOf({ directory }: CloudParts, body: Body): Application {
  const clientId = textField(body, 'clientId')
  const application = directory.application(clientId, optionalText(body, 'tenant'))
  if (!application) throw new RangeError(`no application ${clientId}`)
  return application
}
