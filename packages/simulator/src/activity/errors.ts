import { jsonReply } from '../http/call.ts'
import type { Reply } from '../http/call.ts'

// AF429 comes with 403 (frequently asked questions of the Office 365 Management Activity API); the others are 400 but
// for permissions and internal errors.
const statuses: Readonly<Record<string, number>> = {
  AF10001: 403,
  AF429: 403,
  AF20050: 404,
  AF50000: 500,
  AF50005: 500,
  AF50006: 500,
}

/** An error of the Management Activity API: `{"error":{"code","message"}}`. */
export function activityError(code: string, message: string, status = statuses[code] ?? 400): Reply {
  return jsonReply(status, { error: { code, message } })
}
