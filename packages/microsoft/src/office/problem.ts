import { type Answer, auditingOff, type FeedAction, feedCodes, feedError } from '@siembridge/azure'
import { type ErrorName, SiembridgeError } from '@siembridge/core'

/** An error of the Management Activity API, with what to do about it. */
export class FeedProblem extends SiembridgeError {
  readonly action: FeedAction
  readonly feedCode: string
  constructor(row: ErrorName, subject: string, action: FeedAction, feedCode: string, message: string) {
    super(row, subject, [feedCode, message].filter(Boolean).join(' '))
    this.name = 'FeedProblem'
    this.action = action
    this.feedCode = feedCode
  }
}

const rows: Readonly<Record<FeedAction, ErrorName>> = {
  again: 'ServiceFailing',
  throttled: 'Throttled',
  start: 'SubscriptionStarting',
  'start-once': 'SubscriptionDisabled',
  good: 'RequestRefused',
  gone: 'RequestRefused',
  relist: 'RequestRefused',
  times: 'RequestRefused',
  permission: 'PermissionMissing',
  stop: 'FeedRefused',
}

/** What a status says by itself, where the body has no code. */
function actionOf(status: number): FeedAction {
  if (status === 404 || status === 410) return 'gone'
  return status === 403 ? 'permission' : 'again'
}

/** The error of an answer that is not 200. */
export function feedProblem(answer: Answer, subject: string): FeedProblem {
  const { code, message } = feedError(answer)
  if (feedCodes[code] === undefined && auditingOff(answer))
    return new FeedProblem('AuditingOff', subject, 'stop', code, message)
  if (answer.status === 401) return new FeedProblem('TokenRefused', subject, 'stop', code, message)
  const action = feedCodes[code]?.action ?? actionOf(answer.status)
  return new FeedProblem(rows[action], subject, action, code, `status ${answer.status} ${message.slice(0, 300)}`)
}
